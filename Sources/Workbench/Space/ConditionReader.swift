import Language
import Search
import Vocabulary

/// Reads a condition: comparisons of earlier names with values, joined by `and`, `or`, `not`.
struct ConditionReader {
  let rules: RuleReader

  /// `known` may be fixed outside the space and still decide a condition.
  init(binder: ArgumentBinder, earlier: [Parameter], known: [Option]) {
    rules = RuleReader(binder: binder, parameters: earlier, known: known)
  }

  func read(_ expression: Expression) throws -> Condition { try condition(rules.read(expression)) }

  private func condition(_ expression: Expression) throws -> Condition {
    if let junction = expression.junction { return try join(junction, at: expression.span) }
    switch expression {
    case .unary("not", let operand, _): return .not(try condition(operand))
    case .binary("in", let left, .set(let elements, _), _):
      guard case .name(let name, _) = left else {
        throw Diagnostic("a condition names an earlier parameter", at: left.span)
      }
      return .oneOf(name, try elements.map(Self.constant))
    case .binary(let sign, let left, let right, _):
      if let comparison = Condition.Comparison(rawValue: sign) { return try compare(left, comparison, right) }
    case .name(let name, _): return .compare(name, .equal, .bool(true))
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
    let parts = try junction.operands.map(condition)
    return parts.dropFirst().reduce(parts[0]) { junction.sign == .and ? .and($0, $1) : .or($0, $1) }
  }

  private func compare(_ left: Expression, _ comparison: Condition.Comparison, _ right: Expression) throws -> Condition
  {
    switch (try Self.formula(left), try Self.formula(right)) {
    case (.name(let name), .constant(let value)): return .compare(name, comparison, value)
    case (.constant(let value), .name(let name)): return .compare(name, comparison.mirrored, value)
    case (let left, let right):
      guard !left.names.isEmpty || !right.names.isEmpty else { break }
      return .formula(left, comparison, right)
    }
    throw Diagnostic("a condition names an earlier parameter", at: left.span.union(right.span))
  }

  private static func constant(_ expression: Expression) throws -> ParameterValue {
    guard case .literal(let value, _) = expression, let argument = Vocabulary.Argument(value) else {
      throw Diagnostic("a condition's set holds values", at: expression.span)
    }
    return ParameterValue(argument)
  }

  static func formula(_ expression: Expression) throws -> Formula {
    switch expression {
    case .literal: return .constant(try constant(expression))
    case .name(let name, _): return .name(name)
    case .unary(let sign, let operand, _) where sign != "not":
      let inner = try formula(operand)
      // A sign before a number belongs to it.
      if case .constant = inner, let value = Formula.operation(sign, [inner]).value(in: [:]) { return .constant(value) }
      return .operation(sign, [inner])
    case .binary(let sign, let left, let right, _): return .operation(sign, [try formula(left), try formula(right)])
    case .chain(let first, let links, let span):
      guard links.count <= 100 else {
        throw Diagnostic("a condition calculates with at most 100 numbers in a row", at: span)
      }
      return try links.reduce(formula(first)) { .operation($1.sign, [$0, try formula($1.operand)]) }
    case .call(.name(let function, _), let arguments, _) where Formula.functions.contains(function):
      return .call(function, try arguments.map { try formula($0.value) })
    default:
      throw Diagnostic(
        "a condition cannot calculate this", at: expression.span,
        hint: "use numbers, parameters and " + Formula.functions.joined(separator: ", "))
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
