extension EdfChart {
  package var plot: Plot {
    let objective = studies.first?.objective ?? ObjectiveAxis("value")
    let scored = studies.map { study in study.scored().map { $0.values[0] } }
    let x = objective.axis(for: scored.flatMap { $0 })
    let layers = zip(studies, scored).enumerated().compactMap { index, pair -> Layer? in
      let sorted = pair.1.sorted(by: objective.maximizes ? (>) : (<))
      guard let first = sorted.first else { return nil }
      var ink = Ink.series(index)
      ink.mark = nil
      let shares = sorted.indices.map { Double($0 + 1) / Double(sorted.count) }
      return Layer(
        studies.count == 1 ? nil : pair.0.name, .steps(x: [first] + sorted, y: [0] + shares), ink: ink)
    }
    let relation = objective.maximizes ? "at least" : "at most"
    return Plot(
      title: studies.count == 1
        ? "Distribution of \(objective.name) in \(studies[0].name)" : "Distribution of \(objective.name)",
      subtitle: "share of trials whose \(objective.name) is \(relation) the value",
      panels: layers.isEmpty
        ? [] : [Panel(x: x, y: Axis("share of trials", format: .percent, range: 0...1), layers: layers)],
      remarks: zip(studies, scored).compactMap { study, values in
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return nil }
        return
          "\(study.name): median \(AxisText.value(sorted[sorted.count / 2], objective.format)) of \(sorted.count) trials"
      }, emptyMessage: "nothing to draw yet: no trial has finished")
  }
}
