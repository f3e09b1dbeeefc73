import Drawing
import Foundation
import Search
import Studies

extension StudyValues {
  /// A study as charts take it.
  package init(_ study: Study) {
    let parameters = study.space.parameters
    let trials = study.trials
    let begun = trials.compactMap(\.start).min()
    self.init(
      name: study.name,
      objectives: Self.objectives(study),
      parameters: parameters.map(ParameterAxis.init),
      trials: trials.map { TrialPoint($0, parameters, begun: begun) })
  }
}

extension StudyValues {
  /// A study as its history needs it: what each trial came to, without parameters and reports. A tenth of the whole's cost.
  init(resultsOf study: Study) {
    self.init(
      name: study.name, objectives: Self.objectives(study),
      trials: study.trials.map {
        TrialPoint(
          number: $0.number, state: TrialState(rawValue: $0.state.rawValue) ?? .failed, values: $0.values,
          isFeasible: $0.isFeasible)
      })
  }

  fileprivate static func objectives(_ study: Study) -> [ObjectiveAxis] {
    study.metrics.indices.map { index in
      ObjectiveAxis(
        metric: study.metrics[index], direction: study.directions[index], isShare: study.isShare(index),
        isTime: study.metrics[index] == "seconds" && !study.settings.isForeign)
    }
  }
}

extension ObjectiveAxis {
  init(metric: String, direction: Direction, isShare: Bool, isTime: Bool) {
    self.init(
      metric, unit: isTime ? "s" : nil, maximizes: direction == .maximize,
      format: isShare ? .percent : .number)
  }
}

extension ParameterAxis {
  init(_ parameter: Parameter) {
    switch parameter.domain {
    case .int(let low, let high, _, let log):
      self.init(parameter.name, scale: log ? .log : .linear, isWhole: true, range: Double(low)...Double(high))
    case .float(let low, let high, _, let log):
      self.init(parameter.name, scale: log ? .log : .linear, range: low...high)
    case .categorical(let choices, _):
      self.init(parameter.name, scale: .categories(choices.map { $0.shown(for: parameter.name) }))
    }
  }
}

extension TrialPoint {
  init(_ record: TrialRecord, _ parameters: [Parameter], begun: Date?) {
    let point = record.point
    let started = record.start.flatMap { start in begun.map { start.timeIntervalSince($0) } }
    self.init(
      number: record.number, state: TrialState(rawValue: record.state.rawValue) ?? .failed, values: record.values,
      parameters: parameters.map { parameter in point[parameter.name].flatMap(parameter.domain.number(of:)) },
      steps: record.reports.map { Step($0.step, $0.value) }, isFeasible: record.isFeasible, started: started,
      ended: started.flatMap { started in record.seconds.map { started + $0 } })
  }
}
