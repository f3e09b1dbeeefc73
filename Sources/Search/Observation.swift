/// A trial as samplers and pruners see it.
package struct Observation: Sendable {
  package enum State: String, Sendable {
    case complete, pruned, failed, running, waiting
  }
  package var number: Int
  package var state: State
  package var point: Point { didSet { entries = Self.entries(of: point) } }
  /// The point in order of names: observations of one space agree in their places, so a column is read without looking names up.
  private(set) var entries: [Entry]

  struct Entry: Sendable {
    let name: String
    let value: ParameterValue
    /// NaN where the value is not a number.
    let number: Double
  }
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
    entries = Self.entries(of: point)
    self.values = values
    self.reports = reports
    self.violations = violations
  }

  private static func entries(of point: Point) -> [Entry] {
    point.map { Entry(name: $0.key, value: $0.value, number: $0.value.number ?? .nan) }.sorted { $0.name < $1.name }
  }
}

package enum Direction: String, Sendable {
  case minimize, maximize
}
