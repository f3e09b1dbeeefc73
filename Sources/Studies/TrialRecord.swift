import struct FoundationEssentials.Date
import Search

/// A trial as a table shows it.
package struct TrialRecord: Sendable, Hashable {
  package typealias State = Observation.State

  package struct Parameter: Sendable, Hashable {
    package var name: String
    package var value: ParameterValue
    package init(_ name: String, _ value: ParameterValue) {
      self.name = name
      self.value = value
    }
  }

  package struct Report: Sendable, Hashable {
    package var step: Int
    package var value: Double
    package init(step: Int, value: Double) {
      self.step = step
      self.value = value
    }
  }

  package var number: Int
  package var state: State
  /// Active parameters in the space's order.
  package var params: [Parameter]
  /// One an objective where complete; the last report where pruned.
  package var values: [Double]
  /// How far the values can be trusted.
  package var precision = TrialPrecision()
  /// Ascending steps.
  package var reports: [Report]
  /// How far each constraint is broken; feasible where none is positive.
  package var violations: [Double]
  package var start: Date?
  package var seconds: Double?
  /// Why it failed or was pruned, or which trial's value it reuses.
  package var reason: String?
  /// The trial whose weights it went on from (population-based training).
  package var parent: Int?
  /// What it was trained with; nil if the program that ran it has not kept that.
  package var configuration: TrialConfiguration?
  /// What was measured beside the objective, by name: each metric after the epoch that counts, and more of it.
  package var metrics: [String: Double] = [:]

  package init(number: Int, state: State, params: [Parameter]) {
    self.number = number
    self.state = state
    self.params = params
    self.values = []
    self.reports = []
    self.violations = []
  }

  /// The sample's standard deviation of each value over the trial's repeats and folds; empty where it is one training.
  package var spread: [Double] {
    get { precision.spread }
    set { precision.spread = newValue }
  }

  package var point: Point {
    Point(params.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
  }

  package var isFeasible: Bool { violations.allSatisfy { $0 <= 0 } }

  /// As samplers and pruners see it.
  package var observation: Observation {
    Observation(
      number: number, state: state, point: point, values: values, reports: reports.map { ($0.step, $0.value) },
      violations: violations)
  }
}
