extension StudyValues {
  /// Trials that a live picture tells of.
  private static let mostTold = 1000

  /// What a live picture says of trials: number, state, values and parameters; of very many trials only of the best.
  func table(of trials: [TrialPoint]) -> PointTable {
    let columns = ["trial", "state"] + objectives.map(\.name) + parameters.map(\.name)
    var told = Set(trials.indices)
    if trials.count > Self.mostTold, let objective = objectives.first {
      let sign = objective.maximizes ? -1.0 : 1
      let order = trials.indices.sorted {
        (sign * (trials[$0].values.first ?? .infinity), $0) < (sign * (trials[$1].values.first ?? .infinity), $1)
      }
      told = Set(order.prefix(Self.mostTold))
    }
    return PointTable(columns: columns, rows: trials.indices.map { told.contains($0) ? row(trials[$0]) : nil })
  }

  private func row(_ trial: TrialPoint) -> [String] {
    let values = objectives.indices.map {
      trial.values.indices.contains($0) ? AxisText.value(trial.values[$0], objectives[$0].format, digits: 5) : ""
    }
    let settings = parameters.indices.map { index -> String in
      guard trial.parameters.indices.contains(index), let value = trial.parameters[index] else { return "" }
      if case .categories(let names) = parameters[index].scale {
        let place = Int(value)
        return names.indices.contains(place) ? Shortening.bounded(names[place], to: 60) : ""
      }
      return Number.significant(value, digits: 5)
    }
    return ["\(trial.number)", trial.state.rawValue] + values + settings
  }
}
