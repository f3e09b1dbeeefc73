/// A trial as samplers and pruners see it.
package struct Observation: Sendable {
  package enum State: String, Sendable {
    case complete, pruned, failed, running, waiting
  }
  package var number: Int
  package var state: State
  package var point: Point { didSet { (names, ordered, numbers) = Self.row(of: point) } }
  /// The point's names in order, one object for all observations that have the same ones: a column is read without looking names up.
  private(set) var names: ParameterNames
  /// The values in the order of their names, and as numbers: NaN where a value is not one.
  private(set) var ordered: [ParameterValue]
  private(set) var numbers: [Double]
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
    (names, ordered, numbers) = Self.row(of: point)
    self.values = values
    self.reports = reports
    self.violations = violations
  }

  private static func row(of point: Point) -> (ParameterNames, [ParameterValue], [Double]) {
    let names = point.keys.sorted()
    let values = names.map { point[$0]! }
    return (ParameterNames.shared(names), values, values.map { $0.number ?? .nan })
  }
}

extension [Observation] {
  /// How many are complete or pruned. Only the states are read: asked as a whole, a trial is copied, which counts seven references.
  var finishedCount: Int {
    var count = 0
    for index in indices where self[index].state == .complete || self[index].state == .pruned { count += 1 }
    return count
  }

  /// How many have failed.
  var failedCount: Int {
    var count = 0
    for index in indices where self[index].state == .failed { count += 1 }
    return count
  }
}
