/// The values that a parameter may take.
package enum Domain: Sendable, Hashable, Codable {
  /// Whole numbers from low to high, both ends included. `step` and `log` exclude each other.
  case int(low: Int, high: Int, step: Int = 1, log: Bool = false)
  /// Real numbers from low to high. With a step, low + k step.
  case float(low: Double, high: Double, step: Double? = nil, log: Bool = false)
  /// One of a list, in written order. Numbers are `ordered`: a sampler may use their distances.
  case categorical([ParameterValue], ordered: Bool)
}

/// A named domain, active where its condition holds.
package struct Parameter: Sendable, Hashable, Codable {
  package var name: String
  package var domain: Domain
  package var condition: Condition?

  package init(_ name: String, in domain: Domain, when condition: Condition? = nil) {
    self.name = name
    self.domain = domain
    self.condition = condition
  }
}

/// When a parameter is active, said of earlier parameters (or of values fixed outside the space).
package indirect enum Condition: Sendable, Hashable, Codable {
  package enum Comparison: String, Sendable, Hashable, Codable {
    case equal = "==", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
  }
  case compare(String, Comparison, ParameterValue)
  case oneOf(String, [ParameterValue])
  /// A comparison of more than one name with a value: `max(a, b) > 3`, `width < depth`.
  case formula(Formula, Comparison, Formula)
  case and(Condition, Condition)
  case or(Condition, Condition)
  case not(Condition)
}

/// What is searched: parameters in written order, and constraints on whole configurations.
package struct Space: Sendable {
  package var parameters: [Parameter]
  package var constraints: [Constraint]
  /// Values fixed outside the space; conditions see them.
  package var fixed: Point

  package init(_ parameters: [Parameter], subjectTo constraints: [Constraint] = [], fixed: Point = [:]) {
    self.parameters = parameters
    self.constraints = constraints
    self.fixed = fixed
  }
}
