/// A study as plain values, gathered once for every chart of a search.
package struct StudyValues: Sendable {
  package var name: String
  package var objectives: [ObjectiveAxis]
  package var parameters: [ParameterAxis]
  /// In order of their numbers.
  package var trials: [TrialPoint]

  package init(
    name: String, objectives: [ObjectiveAxis], parameters: [ParameterAxis] = [], trials: [TrialPoint]
  ) {
    self.name = name
    self.objectives = objectives
    self.parameters = parameters
    self.trials = trials
  }

  /// With these parameters only, in this order; names that the study does not have are left out.
  package func selecting(_ names: [String]) -> StudyValues {
    let places = names.compactMap { name in parameters.firstIndex { $0.name == name } }
    var copy = self
    copy.parameters = places.map { parameters[$0] }
    for index in trials.indices {
      copy.trials[index].parameters = places.map {
        trials[index].parameters.indices.contains($0) ? trials[index].parameters[$0] : nil
      }
    }
    return copy
  }
}

/// What is searched for.
package struct ObjectiveAxis: Sendable {
  package var name: String
  package var unit: String?
  package var maximizes: Bool
  package var format: Axis.Format

  package init(_ name: String, unit: String? = nil, maximizes: Bool = false, format: Axis.Format = .number) {
    self.name = name
    self.unit = unit
    self.maximizes = maximizes
    self.format = format
  }
}

/// A searched parameter: its scale, and range where the space gives one.
package struct ParameterAxis: Sendable {
  package var name: String
  package var scale: Axis.Scale
  package var isWhole: Bool
  package var range: ClosedRange<Double>?

  package init(
    _ name: String, scale: Axis.Scale = .linear, isWhole: Bool = false, range: ClosedRange<Double>? = nil
  ) {
    self.name = name
    self.scale = scale
    self.isWhole = isWhole
    self.range = range
  }
}

package enum TrialState: String, Sendable, CaseIterable {
  case complete, pruned, failed, running, waiting
}

/// One trial as plain values.
package struct TrialPoint: Sendable {
  package struct Step: Sendable {
    package var step: Int
    package var value: Double

    package init(_ step: Int, _ value: Double) {
      self.step = step
      self.value = value
    }
  }

  package var number: Int
  package var state: TrialState
  /// One an objective; empty if it has none. A pruned trial may have its last reported value.
  package var values: [Double]
  /// One a parameter of the study, in its order; a category is its index; nil where the parameter was not active.
  package var parameters: [Double?]
  package var steps: [Step]
  /// Whether it keeps to the rules of the space: only such a trial can be the best.
  package var isFeasible: Bool
  /// Seconds since the study began.
  package var started: Double?
  package var ended: Double?

  package init(
    number: Int, state: TrialState = .complete, values: [Double] = [], parameters: [Double?] = [],
    steps: [Step] = [], isFeasible: Bool = true, started: Double? = nil, ended: Double? = nil
  ) {
    self.number = number
    self.state = state
    self.values = values
    self.parameters = parameters
    self.steps = steps
    self.isFeasible = isFeasible
    self.started = started
    self.ended = ended
  }
}
