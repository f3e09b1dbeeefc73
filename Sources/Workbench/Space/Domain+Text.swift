import Language
import Search
import Vocabulary

extension Parameter {
  /// `momentum in 0.0..0.99 when optimizer == sgd`, with the domain as it was written if that says more.
  package func line(_ written: String? = nil) -> String {
    ParameterName.typed(name) + " in " + (written ?? domain.text(for: name))
      + (condition.map { " when " + $0.text } ?? "")
  }
}

extension Domain {
  /// `1..4`, `log(1e-05..1.0)`, `{64, 128}`, `0.0..0.5 step 0.1`
  package var text: String { text(for: "") }

  /// The same with the words of a declared parameter bare: `{none, 1.0}`.
  package func text(for name: String) -> String {
    switch self {
    case .int(let low, let high, let step, let log):
      let range = "\(low)..\(high)"
      return log ? "log(\(range))" : step == 1 ? range : range + " step \(step)"
    case .float(let low, let high, let step, let log):
      let range = "\(low)..\(high)"
      return log ? "log(\(range))" : range + (step.map { " step \($0)" } ?? "")
    case .categorical(let choices, _):
      return "{" + choices.map { $0.typed(for: name) }.joined(separator: ", ") + "}"
    }
  }
}

extension ParameterValue {
  /// The same with the words of a declared parameter bare: `none`.
  func typed(for name: String) -> String {
    self == .text("none") && Hyperparameters.option(name) != nil ? "none" : typed
  }

  /// As it is typed: words and calls bare, other texts in quotes.
  var typed: String {
    guard case .text(let text) = self else { return description }
    if let expression = ExpressionText.read(text) {
      switch expression {
      case .name, .call, .list: return text
      default: break
      }
    }
    return Value.string(text).description
  }
}

extension Condition {
  var text: String {
    switch self {
    case .compare(let name, let comparison, let value):
      "\(ParameterName.typed(name)) \(comparison.rawValue) \(value.typed(for: name))"
    case .formula(let left, let comparison, let right):
      "\(left.text(\.typed)) \(comparison.rawValue) \(right.text(\.typed))"
    case .oneOf(let name, let values):
      "\(ParameterName.typed(name)) in {" + values.map { $0.typed(for: name) }.joined(separator: ", ") + "}"
    case .and(let left, let right): "\(left.bracketed) and \(right.bracketed)"
    case .or(let left, let right): "\(left.bracketed) or \(right.bracketed)"
    case .not(let inner): "not (\(inner.text))"
    }
  }

  private var bracketed: String {
    switch self {
    case .or, .and: "(\(text))"
    default: text
    }
  }
}
