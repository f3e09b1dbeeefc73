extension HistoryChart {
  package var plot: Plot {
    let objective = study.objective
    let shown = studies.flatMap { $0.trials.filter { !$0.values.isEmpty } }
    let last = max(trials ?? 0, (studies.flatMap(\.trials).map(\.number).max() ?? 0) + 1)
    return Plot(
      title: studies.count == 1 ? "History of \(study.name)" : "History of \(objective.name)",
      subtitle: studies.count == 1 ? study.bestInWords : nil,
      panels: shown.isEmpty
        ? []
        : [
          Panel(
            x: Axis("trial", format: .whole, range: last > 1 ? -0.5...(Double(last) - 0.5) : nil),
            y: objective.axis(for: shown.map { $0.values[0] }, keeping: studies.compactMap { $0.best()?.values[0] }),
            layers: studies.count == 1 ? layers : studies.indices.flatMap(layers(of:)))
        ],
      remarks: [objective.maximizes ? "Larger is better" : "Smaller is better"] + remarks, emptyMessage: emptyMessage,
      marks: "trial")
  }

  private var failed: [TrialPoint] { study.trials.filter { $0.state == .failed } }

  private var emptyMessage: String {
    let count = failed.count
    return count > 0 && count == study.trials.count
      ? "nothing to draw yet: \(count == 1 ? "the only trial" : "all \(count) trials") failed"
      : "nothing to draw yet: no trial has finished"
  }

  private var remarks: [String] {
    if studies.count > 1 { return studies.compactMap { study in study.bestInWords.map { "\(study.name): \($0)" } } }
    let pruned = study.trials.filter { $0.state == .pruned }.count
    return [(pruned, "pruned"), (failed.count, "failed")].compactMap { $0.0 > 0 ? "\($0.0) \($0.1)" : nil }
  }

  private func layer(_ name: String, _ trials: [TrialPoint], _ ink: Ink) -> Layer? {
    let shown = trials.filter { !$0.values.isEmpty }
    guard !shown.isEmpty else { return nil }
    return Layer(
      name, .points(x: shown.map { Double($0.number) }, y: shown.map { $0.values[0] }), ink: ink,
      table: study.table(of: shown))
  }

  private var layers: [Layer] {
    let complete = study.trials.filter { $0.state == .complete && $0.isFeasible }
    let broken = study.trials.filter { $0.state == .complete && !$0.isFeasible }
    let pruned = study.trials.filter { $0.state == .pruned }
    return [
      layer("pruned", pruned, TrialState.pruned.ink),
      layer(TrialPoint.breaking, broken, TrialPoint.breakingInk),
      layer("complete", complete, Ink(.sky, mark: .circle)),
      failed.isEmpty
        ? nil : Layer("failed", .rug(failed.map { Double($0.number) }), ink: TrialState.failed.ink),
      Self.bestSoFar(study, "best so far", Ink(.vermillion, mark: nil, width: 2)),
    ].compactMap { $0 }
  }

  /// Of several studies each has a colour: its trials, and a line of the best so far.
  private func layers(of index: Int) -> [Layer] {
    let study = studies[index]
    var (points, line) = (Ink.series(index), Ink.series(index))
    points.opacity = 0.5
    (line.mark, line.width) = (nil, 2)
    let trials = study.scored()
    let cloud = Layer(
      nil, .points(x: trials.map { Double($0.number) }, y: trials.map { $0.values[0] }), ink: points,
      table: study.table(of: trials))
    return [trials.isEmpty ? nil : cloud, Self.bestSoFar(study, study.name, line)].compactMap { $0 }
  }

  private static func bestSoFar(_ study: StudyValues, _ name: String, _ ink: Ink) -> Layer? {
    var x: [Double] = []
    var y: [Double] = []
    let maximizes = study.objective.maximizes
    for trial in study.scored() where trial.isFeasible {
      let value = trial.values[0]
      if let best = y.last, maximizes ? value <= best : value >= best { continue }
      x.append(Double(trial.number))
      y.append(value)
    }
    guard let best = y.last, let end = study.trials.map(\.number).max() else { return nil }
    if Double(end) > x[x.count - 1] {
      x.append(Double(end))
      y.append(best)
    }
    return Layer(name, .steps(x: x, y: y), ink: ink)
  }
}
