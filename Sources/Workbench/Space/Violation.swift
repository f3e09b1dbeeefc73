import Language
import Search
import Vocabulary

/// What a name in a rule stands for in one configuration.
enum RuleValue {
  case value(Value)
  /// It has no value in this configuration: what compares it does not apply.
  case inactive
  case unknown
}

/// How far a configuration breaks a rule: the excess of a comparison, the larger excess of an `and`, the smaller of an `or`.
///
/// A comparison with a name that is not active does not apply: it is left out of an `and`, and an `or` that has one is kept.
struct Violation {
  let names: (String) -> RuleValue

  /// Whether some part of it says anything of the configuration.
  func applies(_ rule: Expression) -> Bool {
    if let junction = rule.junction { return junction.operands.contains(where: applies) }
    if case .unary("not", let operand, _) = rule { return applies(operand) }
    return excess(of: rule, isNegated: false) != nil
  }

  /// 0 or less: the rule is kept.
  func amount(of rule: Expression) -> Double { excess(of: rule, isNegated: false) ?? 0 }

  /// nil: the rule does not apply.
  private func excess(of rule: Expression, isNegated: Bool) -> Double? {
    if let junction = rule.junction {
      let parts = junction.operands.map { excess(of: $0, isNegated: isNegated) }
      // not (a and b) is (not a) or (not b).
      if (junction.sign == .and) != isNegated { return parts.compactMap { $0 }.max() }
      return parts.contains { $0 == nil } ? nil : parts.compactMap { $0 }.min()
    }
    if case .unary("not", let operand, _) = rule { return excess(of: operand, isNegated: !isNegated) }
    if isInactive(rule) { return nil }
    if case .binary("in", let left, .set(let elements, _), _) = rule, let subject = value(left) {
      let isMember = elements.contains { value($0).map { Self.isEqual(subject, $0) } ?? false }
      return isMember == !isNegated ? 0 : 1
    }
    guard case .binary(let sign, let left, let right, _) = rule, let wanted = isNegated ? Self.negated[sign] : sign,
      Self.negated[wanted] != nil
    else { return isTrue(rule) == !isNegated ? 0 : 1 }
    guard let a = value(left), let b = value(right) else { return 1 }
    // What is not set is not compared by size.
    if wanted != "==" && wanted != "!=", a.isUnset || b.isUnset { return nil }
    return Self.excess(wanted, a, b)
  }

  private static let negated = ["<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="]

  private static func excess(_ sign: String, _ left: Value, _ right: Value) -> Double {
    guard let a = left.number, let b = right.number else {
      let isEqual = isEqual(left, right)
      return (sign == "==" && isEqual) || (sign == "!=" && !isEqual) ? 0 : 1
    }
    switch sign {
    case "<=": return a - b
    case "<": return a < b ? 0 : max(a - b, .leastNonzeroMagnitude)
    case ">=": return b - a
    case ">": return a > b ? 0 : max(b - a, .leastNonzeroMagnitude)
    case "!=": return a == b ? 1 : 0
    default:
      // Sums of floats rarely come to a number exactly.
      let isExact = left.isInt && right.isInt
      return isExact || abs(a - b) > 1e-9 * max(1, abs(a), abs(b)) ? abs(a - b) : 0
    }
  }

  /// As in `when`: a bare word is any call of that name.
  private static func isEqual(_ left: Value, _ right: Value) -> Bool {
    if left.isSame(as: right) { return true }
    guard let a = left.text.map(ParameterValue.text), let b = right.text.map(ParameterValue.text) else { return false }
    return a.matches(b) || b.matches(a)
  }

  private func isInactive(_ rule: Expression) -> Bool {
    rule.freeNames.contains { name, _ in if case .inactive = names(name) { true } else { false } }
  }

  private func value(_ expression: Expression) -> Value? {
    try? Evaluator(RuleEnvironment(lookUp: names), keepsWords: true).value(of: expression)
  }

  private func isTrue(_ expression: Expression) -> Bool { value(expression) == .bool(true) }
}

/// A configuration's values as names.
struct RuleEnvironment: Environment {
  let lookUp: (String) -> RuleValue

  func lookup(_ name: String) -> Lookup {
    if case .value(let value) = lookUp(name) { return .value(value) }
    return .unknown
  }

  func isWord(_ name: String) -> Bool { true }
  var names: [String] { [] }
}

extension Value {
  /// The value or the word: a parameter that is declared with `none` has the word.
  var isUnset: Bool { self == .none || self == .word("none") }
}
