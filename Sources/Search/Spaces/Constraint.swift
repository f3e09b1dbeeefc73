/// A rule on whole configurations: feasible where the violation is not positive.
package struct Constraint: Sendable {
  /// As written, `parameters <= 500000`: shown, and kept in a study's attributes.
  package var text: String
  /// How far a configuration, fixed values included, breaks the rule. The names are those of the space's parameters that are not
  /// active in it: a rule that needs one of them does not apply.
  package var violation: @Sendable (Point, _ inactive: Set<String>) -> Double
  /// Measures that it names and only a finished trial has, `val_accuracy`: without them, what needs them does not apply.
  package var outcomes: Set<String> = []

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
  /// counts as infinite. `measured` is what a finished trial has shown: a constraint that needs more than that is broken.
  package func violations(of point: Point, measured: [String: Double]? = nil) -> [Double] {
    if constraints.isEmpty { return [] }
    let whole = fixed.merging(point) { $1 }
    let inactive = isConditional ? Set(parameters.lazy.map(\.name).filter { point[$0] == nil }) : []
    return constraints.map { constraint in
      let outcomes = constraint.outcomes.filter { whole[$0] == nil }
      var (known, unknown) = (whole, inactive)
      if let measured {
        for name in outcomes {
          guard let value = measured[name], !value.isNaN else { return .infinity }
          known[name] = .float(value)
        }
      } else {
        unknown.formUnion(outcomes)
      }
      let amount = constraint.violation(known, unknown)
      return amount.isNaN ? .infinity : amount
    }
  }

  /// What a finished trial must have measured for the constraints.
  package var outcomes: Set<String> { constraints.reduce(into: []) { $0.formUnion($1.outcomes) } }

  package func isFeasible(_ point: Point) -> Bool { violations(of: point).allSatisfy { $0 <= 0 } }

  /// The sum of the broken constraints' violations; 0 where all are kept.
  func violation(of point: Point) -> Double { violations(of: point).reduce(0) { $1 > 0 ? $0 + $1 : $0 } }
}
