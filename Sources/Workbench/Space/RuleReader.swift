import Language
import Search
import Vocabulary

/// Reads what `when` and `subject to` compare: one grammar for both.
///
/// The result speaks of names and values only: variables and words are replaced by what they stand for, `hidden[0]` and
/// `"optimizer.lr"` are names, `x in 1..3` is two comparisons. So it means the same in another session.
struct RuleReader {
  let binder: ArgumentBinder
  /// The parameters that may be named.
  let parameters: [Parameter]
  /// Declared parameters of network and train, which have a value outside the space too.
  let known: [Option]
  /// Other names that may be compared: measures of the network, metrics.
  var measures: [String] = []

  func read(_ expression: Expression) throws -> Expression { try expression.mapped(replaced) }

  private func replaced(_ expression: Expression) throws -> Expression? {
    try Interrupting.check()
    switch expression {
    case .binary(let sign, let left, let right, let span) where Condition.Comparison(rawValue: sign) != nil:
      return try comparison(sign, left, right, span)
    case .binary(let sign, let left, let right, let span) where sign == "in" || sign == "not in":
      let inside = try membership(left, right, span)
      return sign == "in" ? inside : .unary("not", inside, span)
    case .element, .literal(.string, _): return parameterName(expression).map { .name($0, expression.span) }
    case .name(let name, let span): return try named(name, span)
    case .attribute(_, _, let span): return .literal(try binder.scope.value(of: expression), span)
    case .call(.name(let function, let span), _, _) where !Builtins.names.contains(function):
      throw Diagnostic(
        "unknown function '\(function)'", at: span, hint: Suggestion.hint(for: function, among: Builtins.names.sorted())
      )
    default: return nil
    }
  }

  // MARK: Names

  /// The parameter that an expression names; nil if it names none: `layers`, `hidden[0]`, `"optimizer.lr"`.
  func parameterName(_ expression: Expression) -> String? {
    if case .literal(.string(let text), _) = expression {
      return !ParameterName.isBare(text) && parameters.contains { $0.name == text } ? text : nil
    }
    return expression.parameterName.flatMap { isName($0) ? $0 : nil }
  }

  private func isName(_ name: String) -> Bool {
    parameters.contains { $0.name == name } || measures.contains(name) || option(name) != nil
  }

  private func option(_ name: String) -> Option? { known.isEmpty ? nil : Hyperparameters.option(name) }

  private func named(_ name: String, _ span: Span) throws -> Expression {
    if isName(name) { return .name(name, span) }
    if binder.scope.isVariable(name) { return .literal(try binder.scope.value(of: .name(name, span)), span) }
    throw unknown(name, span)
  }

  private func unknown(_ name: String, _ span: Span) -> Diagnostic {
    let names = parameters.map(\.name) + known.map(\.name) + measures
    return Diagnostic("unknown name '\(name)' in a condition", at: span, hint: Suggestion.hint(for: name, among: names))
  }

  // MARK: Comparisons

  private func comparison(_ sign: String, _ left: Expression, _ right: Expression, _ span: Span) throws -> Expression {
    let isEquality = sign == "==" || sign == "!="
    // A word is equal to a value or not; it has no size.
    for side in [left, right] where !isEquality {
      if case .name(let word, let place) = side { _ = try named(word, place) }
    }
    if let name = parameterName(left), parameterName(right) == nil || isWord(right, of: name) {
      return .binary(sign, .name(name, left.span), try value(right, of: name), span)
    }
    if let name = parameterName(right), parameterName(left) == nil || isWord(left, of: name) {
      return .binary(sign, try value(left, of: name), .name(name, right.span), span)
    }
    return .binary(sign, try read(left), try read(right), span)
  }

  private func membership(_ left: Expression, _ right: Expression, _ span: Span) throws -> Expression {
    let subject = try read(left)
    switch right {
    case .set(let elements, let inner), .list(let elements, let inner):
      let values = try elements.map { element in
        try parameterName(left).map { try value(element, of: $0) } ?? read(element)
      }
      return .binary("in", subject, .set(values, inner), span)
    case .range(let low, let high, _):
      let ends = try parameterName(left).map { (try value(low, of: $0), try value(high, of: $0)) }
      let (least, most) = try ends ?? (read(low), read(high))
      return .binary("and", .binary(">=", subject, least, span), .binary("<=", subject, most, span), span)
    default:
      throw Diagnostic("'in' needs a set or a range", at: right.span, hint: "for example: in {sgd, rmsprop}")
    }
  }

  /// Words of a parameter win over parameters of the same name.
  private func isWord(_ expression: Expression, of name: String) -> Bool {
    guard let word = expression.bareWord else { return false }
    return option(name)?.kind.words.contains(word) ?? false
  }

  /// What a parameter is compared with: a word or value of its own, or an expression.
  private func value(_ expression: Expression, of name: String) throws -> Expression {
    if isComposed(expression) { return try read(expression) }
    if let option = option(name) {
      do {
        let value = ParameterValue(try binder.bind(expression, to: option.kind.comparable, name)).value
        // A call's text is no word: it is written in quotes.
        if case .word(let text) = value, !ParameterName.isBare(text) { return .literal(.string(text), expression.span) }
        return .literal(value, expression.span)
      } catch let mistake as Diagnostic {
        // A number beside the parameter's own: `layers <= 2.5`.
        guard option.kind.numberKind != nil, let value = try? binder.scope.value(of: expression), value.number != nil
        else { throw mistake }
        return .literal(value, expression.span)
      }
    }
    if case .name(let word, let span) = expression, !binder.scope.isVariable(word) {
      guard parameters.contains(where: { $0.name == name }) else { throw unknown(word, span) }
      return .literal(.word(word), span)
    }
    let value = try binder.scope.value(of: expression)
    guard let argument = Vocabulary.Argument(value) else {
      throw Diagnostic("'\(name)' cannot be compared with \(value.summary)", at: expression.span)
    }
    if let number = value.number, measures.contains(name), MetricNames.isShare(name), !(0...1).contains(number) {
      throw Diagnostic(
        "\(value) is not a share: \(name) is from 0 to 1", at: expression.span,
        hint: number > 1 && number <= 100 ? "use \(number / 100) for \(Value.shortest(number)) %" : nil)
    }
    return .literal(ParameterValue(argument).value, expression.span)
  }

  /// Whether it calculates with parameters.
  private func isComposed(_ expression: Expression) -> Bool {
    var isFound = parameterName(expression) != nil && expression.bareWord == nil
    _ = expression.mapped { part in
      if case .name = part { return nil }
      if parameterName(part) != nil { isFound = true }
      return nil
    }
    if case .name = expression { return isFound }
    expression.forEachName { name, _, isCallee in
      if !isCallee, isName(name) { isFound = true }
    }
    return isFound
  }
}

extension Option.Kind {
  /// A condition may compare with numbers outside a parameter's range (`dropout > -1` is merely always true).
  fileprivate var comparable: Option.Kind {
    switch self {
    case .int: .int(.min ... .max)
    case .float, .share: .float(.finite)
    case .either(let kinds): .either(kinds.map(\.comparable))
    default: self
    }
  }
}

extension Expression {
  /// A bare name or `hidden[0]`.
  var parameterName: String? {
    if case .name(let name, _) = self { return name }
    return dottedOrIndexedName
  }
}
