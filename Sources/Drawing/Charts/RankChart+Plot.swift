extension RankChart {
  /// Pairs of more parameters than this make a page of stamps.
  private static let limit = 4

  package var plot: Plot {
    let trials = study.scored()
    let ranks = Self.ranks(trials.map { $0.values[0] }, maximizes: study.objective.maximizes)
    let used = study.parameters.indices.filter { index in trials.contains { study.value(of: $0, index) != nil } }
    let shown = Array(used.prefix(Self.limit))
    var panels: [Panel] = []
    for (place, first) in shown.enumerated() {
      for second in shown[(place + 1)...] {
        panels.append(
          panel(
            study.parameters[first].axis, study.parameters[second].axis, trials, ranks,
            { study.value(of: $0, first) }, { study.value(of: $0, second) }))
      }
    }
    if shown.count == 1 {
      panels = [
        panel(
          study.parameters[shown[0]].axis,
          Axis("trial", format: .whole, range: trials.count == 1 ? -0.5...0.5 : nil), trials, ranks,
          { study.value(of: $0, shown[0]) }, { Double($0.number) })
      ]
    }
    return Plot(
      title: "Ranks in \(study.name)",
      subtitle: (trials.count == 1
        ? "one trial, of rank 1" : "rank of \(study.objective.name) among \(trials.count) trials, 1 is the best")
        + (used.count > Self.limit ? "; \(used.count - Self.limit) more parameters not shown" : ""),
      panels: panels.filter { !$0.layers.isEmpty },
      colorScale: trials.count < 2
        ? nil : ColorScale("rank", range: 1...Double(trials.count), ramp: .viridis, format: .whole),
      emptyMessage: "nothing to draw yet: no trial with parameters has finished",
      width: panels.count > 2 ? 820 : 640)
  }

  private func panel(
    _ x: Axis, _ y: Axis, _ trials: [TrialPoint], _ ranks: [Double], _ first: (TrialPoint) -> Double?,
    _ second: (TrialPoint) -> Double?
  ) -> Panel {
    // From the worst to the best, so that the best are painted last.
    let order = trials.indices.sorted { (ranks[$1], $0) < (ranks[$0], $1) }
    let pairs = order.compactMap { index -> (Double, Double, Double, TrialPoint)? in
      guard let a = first(trials[index]), let b = second(trials[index]) else { return nil }
      return (a, b, ranks[index], trials[index])
    }
    let layer = Layer(
      nil, .points(x: pairs.map(\.0), y: pairs.map(\.1), values: pairs.map(\.2)), ink: Ink(.blue, mark: .circle),
      table: study.table(of: pairs.map(\.3)))
    return Panel(x: x, y: y, layers: pairs.isEmpty ? [] : [layer])
  }

  /// 1 for the best; equal values share the mean of their ranks.
  package static func ranks(_ values: [Double], maximizes: Bool) -> [Double] {
    let order = values.indices.sorted { maximizes ? values[$0] > values[$1] : values[$0] < values[$1] }
    var ranks = Array(repeating: 0.0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
      for place in start...end { ranks[order[place]] = Double(start + end) / 2 + 1 }
      start = end + 1
    }
    return ranks
  }
}
