import Drawing

/// The finished trials' values from the best to the worst: how many trials are near the best.
package struct SortedChart: Chart {
  package static let name = "sorted"
  package static let help = "the finished trials' values, the best first"

  package var study: StudyValues

  package init(_ study: StudyValues) { self.study = study }

  package var plot: Plot {
    let objective = study.objectives.first ?? ObjectiveAxis("value")
    let values = study.trials.compactMap { $0.state == .complete ? $0.values.first : nil }.filter(\.isFinite)
    let sorted = objective.maximizes ? values.sorted(by: >) : values.sorted()
    let layer = Layer(nil, .line(x: sorted.indices.map { Double($0 + 1) }, y: sorted), ink: .series(0))
    return Plot(
      title: "Sorted values of \(objective.name) in \(study.name)",
      panels: sorted.isEmpty
        ? [] : [Panel(x: Axis("place"), y: Axis(objective.name, format: objective.format), layers: [layer])],
      emptyMessage: "nothing to draw yet: no trial has finished")
  }

  package func draw() -> Picture { plot.draw() }
}
