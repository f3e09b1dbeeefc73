extension IntermediateChart {
  /// More lines than this are a carpet: the best are kept and an even sample of the others.
  private static let limit = 200

  package var plot: Plot {
    let shown = sampled
    let values = shown.flatMap { $0.steps.map(\.value) }
    let reporting = study.trials.filter { !$0.steps.isEmpty }.count
    let last = shown.flatMap { $0.steps.map(\.step) }.max() ?? 1
    let first = shown.flatMap { $0.steps.map(\.step) }.min() ?? 1
    return Plot(
      title: "Learning curves of \(study.name)",
      subtitle: study.bestInWords,
      panels: shown.isEmpty
        ? []
        : [
          Panel(
            x: Axis("step", format: .whole, range: last > first ? Double(first)...Double(last) : nil),
            y: study.objective.axis(for: values), layers: layers(shown))
        ],
      remarks: reporting > shown.count ? ["\(shown.count) of \(reporting) trials shown"] : [],
      emptyMessage: "nothing to draw yet: no trial has reported a step")
  }

  /// The trials drawn, in order of their numbers.
  private var sampled: [TrialPoint] {
    let reporting = study.trials.filter { !$0.steps.isEmpty }
    let best = study.best()?.number
    let kept = Set(Reduction.cloud([], count: reporting.count, limit: Self.limit))
    return reporting.enumerated().filter { kept.contains($0.offset) || $0.element.number == best }.map(\.element)
  }

  private func layers(_ shown: [TrialPoint]) -> [Layer] {
    let best = study.best()?.number
    var layers = shown.filter { $0.number != best }.map { trial in
      switch trial.state {
      case .pruned: curve("pruned", trial, Ink(.orange, dash: .dashed, mark: nil, width: 1, opacity: 0.8))
      case .failed: curve("failed", trial, Ink(TrialState.failed.ink.color, dash: .dotted, mark: nil, width: 1.4))
      case .running, .waiting: curve("running", trial, Ink(.green, dash: .dashDotted, mark: nil, width: 1.4))
      case .complete: curve("complete", trial, Ink(.blue, mark: nil, width: 1, opacity: 0.55))
      }
    }
    let ends = shown.filter { $0.state == .pruned }.compactMap(\.steps.last)
    if !ends.isEmpty {
      layers.append(
        Layer(
          nil, .points(x: ends.map { Double($0.step) }, y: ends.map(\.value)), ink: Ink(.orange, mark: .cross)))
    }
    if let trial = shown.first(where: { $0.number == best }) {
      layers.append(curve("best: trial \(trial.number)", trial, Ink(.black, mark: .circle, width: 2.4)))
    }
    return layers
  }

  private func curve(_ name: String, _ trial: TrialPoint, _ ink: Ink) -> Layer {
    let steps = trial.steps.sorted { $0.step < $1.step }
    return Layer(name, .line(x: steps.map { Double($0.step) }, y: steps.map(\.value)), ink: ink)
  }
}
