import Language
import Search
import Vocabulary

extension SpaceDescription {
  /// The space that a study searches: what is fixed leaves it, and conditions see the fixed values.
  func space(
    fixed: [String: Argument], known: [String: Argument], measure: @escaping @Sendable (String, Point) -> Double?
  )
    -> Search.Space
  {
    let searched = parameters.filter { fixed[$0.name] == nil }
    var values: Point = [:]
    for (name, value) in known.merging(fixed, uniquingKeysWith: { $1 })
    where !searched.contains(where: { $0.name == name }) {
      values[name] = ParameterValue(value)
    }
    let rules = constraints.map { rule in
      Constraint(rule.text) { point in
        Violation(point: point, measure: { measure($0, point) }).amount(of: rule.expression)
      }
    }
    return Search.Space(searched, subjectTo: rules, fixed: values)
  }

  /// As it is typed, line by line without the leading indentation; reading it back gives the same space.
  package var lines: [String] {
    parameters.map(\.line) + constraints.map { "subject to " + $0.text }
  }
}

extension Parameter {
  /// `momentum in 0.0..0.99 when optimizer == sgd`
  package var line: String {
    name + " in " + domain.text + (condition.map { " when " + $0.text } ?? "")
  }
}

extension Domain {
  /// `1..4`, `log(1e-05..1.0)`, `{64, 128}`, `0.0..0.5 step 0.1`
  package var text: String {
    switch self {
    case .int(let low, let high, let step, let log):
      let range = "\(low)..\(high)"
      return log ? "log(\(range))" : step == 1 ? range : range + " step \(step)"
    case .float(let low, let high, let step, let log):
      let range = "\(low)..\(high)"
      return log ? "log(\(range))" : range + (step.map { " step \($0)" } ?? "")
    case .categorical(let choices, _):
      return "{" + choices.map(\.typed).joined(separator: ", ") + "}"
    }
  }
}

extension ParameterValue {
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
    case .compare(let name, let comparison, let value): "\(name) \(comparison.rawValue) \(value.typed)"
    case .oneOf(let name, let values): "\(name) in {" + values.map(\.typed).joined(separator: ", ") + "}"
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

/// How far a configuration breaks a rule: the excess of a comparison, the larger excess of an `and`, the smaller of an `or`.
struct Violation {
  let point: Point
  /// Measures of the network (`parameters`) for names that are no parameters.
  let measure: (String) -> Double?

  func amount(of rule: Expression) -> Double {
    if let junction = rule.junction {
      return junction.operands.dropFirst().reduce(amount(of: junction.operands[0])) {
        junction.sign == .and ? max($0, amount(of: $1)) : min($0, amount(of: $1))
      }
    }
    if case .binary(let sign, let left, let right, _) = rule, ["<", "<=", ">", ">=", "=="].contains(sign),
      let a = number(left), let b = number(right)
    {
      return excess(sign, a, b)
    }
    return isTrue(rule) ? 0 : 1
  }

  private func excess(_ sign: String, _ a: Double, _ b: Double) -> Double {
    switch sign {
    case "<=": a - b
    case "<": a < b ? 0 : max(a - b, .leastNonzeroMagnitude)
    case ">=": b - a
    case ">": a > b ? 0 : max(b - a, .leastNonzeroMagnitude)
    default: abs(a - b)
    }
  }

  private func number(_ expression: Expression) -> Double? {
    (try? Evaluator(PointNames(point: point, measure: measure), keepsWords: true).value(of: expression))?.number
  }

  private func isTrue(_ expression: Expression) -> Bool {
    (try? Evaluator(PointNames(point: point, measure: measure), keepsWords: true).value(of: expression)) == .bool(true)
  }
}

/// A configuration's values, and measures of its network, as names.
private struct PointNames: Environment {
  let point: Point
  let measure: (String) -> Double?

  func lookup(_ name: String) -> Lookup {
    // A measure wins where both are known: the `parameters` of a network are no searched value.
    if let value = point[name] { return .value(value.value) }
    if let number = measure(name) { return .value(number == number.rounded() ? .int(Int(number)) : .float(number)) }
    return .unknown
  }

  func isWord(_ name: String) -> Bool { true }
  var names: [String] { point.keys.sorted() + SpaceDescription.measures }
}
