extension SliceChart {
  package var plot: Plot {
    let trials = study.scored()
    let objective = study.objective
    let y = objective.axis(for: trials.map { $0.values[0] }, keeping: study.best().map { [$0.values[0]] } ?? [])
    let best = study.best()
    let panels = study.parameters.indices.compactMap { index -> Panel? in
      let shown = trials.filter { study.value(of: $0, index) != nil }
      guard !shown.isEmpty else { return nil }
      var layers = [
        Layer(
          nil,
          .points(
            x: shown.map { study.value(of: $0, index) ?? .nan }, y: shown.map { $0.values[0] },
            values: shown.map { Double($0.number) }), ink: Ink(.blue, mark: .circle), table: study.table(of: shown))
      ]
      if let best, let place = study.value(of: best, index) {
        layers.append(
          Layer(
            "best: trial \(best.number)", .points(x: [place], y: [best.values[0]]), ink: Ink(.vermillion, mark: .star),
            table: study.table(of: [best])))
      }
      return Panel(x: study.parameters[index].axis, y: y, layers: layers)
    }
    let last = Double(trials.map(\.number).max() ?? 1)
    return Plot(
      title: "Slices of \(study.name)", subtitle: study.bestInWords, panels: panels,
      colorScale: ColorScale("trial", range: 0...max(last, 1), ramp: .viridis, isReversed: true, format: .whole),
      remarks: ["Parameters: " + study.parameters.map(\.name).joined(separator: ", ")],
      emptyMessage: "nothing to draw yet: no trial with parameters has finished",
      width: panels.count > 2 ? 820 : 640, marks: "trial")
  }
}
