import Language
import Search
import Vocabulary

extension ParameterValue {
  /// Calls and lists are kept as their text.
  init(_ argument: Vocabulary.Argument) {
    switch argument {
    case .none: self = .null
    case .bool(let flag): self = .bool(flag)
    case .int(let number): self = .int(number)
    case .float(let number): self = .float(number)
    case .text(let text): self = .text(text)
    case .list, .call: self = .text(argument.description)
    }
  }

  /// As tables and plots show it: a text that would read as a number, `true` or `none` stands in quotes, so that it is told from those.
  ///
  /// The words of a declared parameter, such as the `none` of `early_stopping`, are bare.
  func shown(for name: String) -> String {
    guard case .text(let text) = self, Hyperparameters.option(name) == nil,
      case .literal(let value, _)? = ExpressionText.read(text), value.text == nil
    else { return description }
    return Value.string(text).description
  }

  var isNumber: Bool {
    switch self {
    case .int, .float: true
    default: false
    }
  }

  /// As an expression sees it.
  package var value: Value {
    switch self {
    case .null: .none
    case .bool(let flag): .bool(flag)
    case .int(let number): .int(number)
    case .float(let number): .float(number)
    case .text(let text): .word(text)
    }
  }
}

extension Value {
  var isInt: Bool { if case .int = self { true } else { false } }

  /// A number as it is typed: no `.0` behind whole ones.
  static func shortest(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : Value.float(number).description
  }
}

extension Domain {
  /// A value of the domain that the parameter's declaration does not take; nil if it takes all.
  func refused(by option: Option) -> ParameterValue? {
    switch self {
    case .int(let low, let high, _, _):
      return [low, high].first { !option.kind.admits(Double($0)) }.map(ParameterValue.int)
    case .float(let low, let high, _, _):
      return [low, high].first { !option.kind.admits($0) }.map(ParameterValue.float)
    case .categorical(let values, _):
      return values.first { value in
        let arguments = ParameterReader.arguments([option.name: value])
        return arguments[option.name].map { (try? StoredArgument.bound($0, to: option.kind, option.name)) == nil }
          ?? true
      }
    }
  }
}

extension Option.Kind {
  enum NumberKind { case int, float }

  /// Whether ranges of this parameter hold ints or floats; nil where it takes no numbers.
  var numberKind: NumberKind? {
    switch self {
    case .int: .int
    case .float, .share: .float
    case .either(let kinds): kinds.lazy.compactMap(\.numberKind).first
    default: nil
    }
  }

  func admits(_ number: Double) -> Bool {
    switch self {
    case .int(let range): number >= Double(range.lowerBound) && number <= Double(range.upperBound)
    case .float(let range): range.contains(number)
    case .share: number >= 0
    case .either(let kinds): kinds.contains { $0.admits(number) }
    default: false
    }
  }
}
