extension HistoryChart {
  var plot: Plot {
    let objective = study.objective
    let shown = study.trials.filter { !$0.values.isEmpty }
    let last = max(trials ?? 0, (study.trials.map(\.number).max() ?? 0) + 1)
    return Plot(
      title: "History of \(study.name)", subtitle: study.bestInWords,
      panels: shown.isEmpty && failed.isEmpty
        ? []
        : [
          Panel(
            x: Axis("trial", format: .whole, range: last > 1 ? -0.5...(Double(last) - 0.5) : nil),
            y: objective.axis(for: shown.map { $0.values[0] }), layers: layers)
        ],
      remarks: [objective.maximizes ? "Larger is better" : "Smaller is better"] + counts,
      emptyMessage: "nothing to draw yet: no trial has finished")
  }

  private var failed: [TrialPoint] { study.trials.filter { $0.state == .failed } }

  private var counts: [String] {
    let pruned = study.trials.filter { $0.state == .pruned }.count
    return [(pruned, "pruned"), (failed.count, "failed")].compactMap { $0.0 > 0 ? "\($0.0) \($0.1)" : nil }
  }

  private func layer(_ name: String, _ trials: [TrialPoint], _ ink: Ink) -> Layer? {
    let shown = trials.filter { !$0.values.isEmpty }
    guard !shown.isEmpty else { return nil }
    return Layer(name, .points(x: shown.map { Double($0.number) }, y: shown.map { $0.values[0] }), ink: ink)
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
      bestSoFar,
    ].compactMap { $0 }
  }

  private var bestSoFar: Layer? {
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
    return Layer("best so far", .steps(x: x, y: y), ink: Ink(.vermillion, mark: nil, width: 2))
  }
}
