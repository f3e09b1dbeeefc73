/// A rule on whole configurations: feasible where the violation is not positive.
package struct Constraint: Sendable {
  /// As written, `parameters <= 500000`: shown, and kept in a study's attributes.
  package var text: String
  /// How far a configuration, fixed values included, breaks the rule. The names are those of the space's parameters that are not
  /// active in it: a rule that needs one of them does not apply.
  package var violation: @Sendable (Point, _ inactive: Set<String>) -> Double
  /// The same for a rule that only a finished trial can break or keep, by what it has measured; nil if the configuration tells.
  package var outcome: (@Sendable (Point, _ inactive: Set<String>, _ measured: [String: Double]) -> Double)?

  package init(_ text: String, violation: @escaping @Sendable (Point) -> Double) {
    self.init(text) { point, _ in violation(point) }
  }

  package init(_ text: String, violation: @escaping @Sendable (Point, _ inactive: Set<String>) -> Double) {
    self.text = text
    self.violation = violation
  }
}

extension Space {
  /// How far each constraint is broken, fixed values included; feasible where none is positive. A violation that is not a number
  /// counts as infinite. What only a finished trial can tell is kept until it is known what that has `measured`.
  package func violations(of point: Point, measured: [String: Double]? = nil) -> [Double] {
    if constraints.isEmpty { return [] }
    let whole = fixed.merging(point) { $1 }
    let inactive = isConditional ? Set(parameters.lazy.map(\.name).filter { point[$0] == nil }) : []
    return constraints.map { rule in
      let known = rule.outcome.map { outcome in measured.map { outcome(whole, inactive, $0) } ?? 0 }
      let amount = known ?? rule.violation(whole, inactive)
      return amount.isNaN ? .infinity : amount
    }
  }

  package func isFeasible(_ point: Point) -> Bool { violations(of: point).allSatisfy { $0 <= 0 } }

  /// The sum of the broken constraints' violations; 0 where all are kept.
  func violation(of point: Point) -> Double { violations(of: point).reduce(0) { $1 > 0 ? $0 + $1 : $0 } }
}
