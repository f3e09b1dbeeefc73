/// A trial as samplers and pruners see it.
package struct Observation: Sendable {
  package enum State: String, Sendable {
    case complete, pruned, failed, running, waiting
  }
  package var number: Int
  package var state: State
  package var point: Point
  /// One value an objective, for complete trials (and the last report of a pruned one).
  package var values: [Double]
  /// What was reported while it ran: step to value, ascending steps from 1.
  package var reports: [(step: Int, value: Double)]
  /// Violations of the space's constraints; feasible where none is positive.
  package var violations: [Double]

  package init(
    number: Int, state: State, point: Point, values: [Double] = [], reports: [(step: Int, value: Double)] = [],
    violations: [Double] = []
  ) {
    self.number = number
    self.state = state
    self.point = point
    self.values = values
    self.reports = reports
    self.violations = violations
  }
}

package enum Direction: String, Sendable {
  case minimize, maximize
}
