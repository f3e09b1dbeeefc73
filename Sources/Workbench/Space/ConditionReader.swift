import Language
import Search
import Vocabulary

/// Reads a condition: comparisons of earlier names with values, joined by `and`, `or`, `not`.
struct ConditionReader {
  let binder: ArgumentBinder
  let earlier: [Parameter]
  /// What may be fixed outside the space and still decide a condition.
  let known: [Option]

  func read(_ expression: Expression) throws -> Condition {
    if let junction = expression.junction { return try join(junction, at: expression.span) }
    switch expression {
    case .unary("not", let operand, _): return .not(try read(operand))
    case .binary("in", let left, let right, _): return try membership(left, right)
    case .binary("not in", let left, let right, _): return .not(try membership(left, right))
    case .binary(let sign, let left, let right, _):
      if let comparison = Condition.Comparison(rawValue: sign) { return try compare(left, comparison, right) }
    case .name(let name, let span):
      let subject = try self.name(name, span)
      return .compare(subject, .equal, .bool(true))
    default: break
    }
    throw Diagnostic(
      "a condition compares an earlier parameter", at: expression.span, hint: "for example: when optimizer == sgd")
  }

  private func join(_ junction: Junction, at span: Span) throws -> Condition {
    // A condition is a tree, and whoever walks it recurses.
    guard junction.operands.count <= 100 else {
      throw Diagnostic("a condition joins at most 100 comparisons", at: span)
    }
    let parts = try junction.operands.map(read)
    return parts.dropFirst().reduce(parts[0]) { junction.sign == .and ? .and($0, $1) : .or($0, $1) }
  }

  private func compare(_ left: Expression, _ comparison: Condition.Comparison, _ right: Expression) throws -> Condition
  {
    if let name = left.parameterName {
      let subject = try self.name(name, left.span)
      return .compare(subject, comparison, try value(right, of: subject))
    }
    if let name = right.parameterName {
      let subject = try self.name(name, right.span)
      return .compare(subject, comparison.mirrored, try value(left, of: subject))
    }
    throw Diagnostic("a condition names an earlier parameter", at: left.span.union(right.span))
  }

  private func membership(_ left: Expression, _ right: Expression) throws -> Condition {
    guard let name = left.parameterName else {
      throw Diagnostic("a condition names an earlier parameter", at: left.span)
    }
    let subject = try self.name(name, left.span)
    switch right {
    case .set(let elements, _), .list(let elements, _):
      return .oneOf(subject, try elements.map { try value($0, of: subject) })
    case .range(let low, let high, _):
      return .and(
        .compare(subject, .greaterOrEqual, try value(low, of: subject)),
        .compare(subject, .lessOrEqual, try value(high, of: subject)))
    default: throw Diagnostic("'in' needs a set or a range", at: right.span, hint: "for example: in {sgd, rmsprop}")
    }
  }

  private func name(_ name: String, _ span: Span) throws -> String {
    if earlier.contains(where: { $0.name == name }) || known.contains(where: { $0.name == name }) { return name }
    let names = earlier.map(\.name) + known.map(\.name)
    let near = Suggestion.nearest(to: name, among: names)
    throw Diagnostic(
      "a condition compares earlier parameters, and '\(name)' is none", at: span,
      hint: near.map { "did you mean '\($0)'?" })
  }

  private func value(_ expression: Expression, of name: String) throws -> ParameterValue {
    if let option = known.first(where: { $0.name == name }) {
      return ParameterValue(try binder.bind(expression, to: option.kind.comparable, name))
    }
    if case .name(let word, _) = expression, !binder.scope.isVariable(word) { return .text(word) }
    let value = try binder.scope.value(of: expression)
    guard let argument = Vocabulary.Argument(value) else {
      throw Diagnostic("'\(name)' cannot be compared with \(value.summary)", at: expression.span)
    }
    return ParameterValue(argument)
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

extension Condition.Comparison {
  fileprivate var mirrored: Self {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    case .equal, .notEqual: self
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
