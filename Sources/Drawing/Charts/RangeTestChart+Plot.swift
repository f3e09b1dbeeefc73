extension RangeTestChart {
  package var plot: Plot {
    let count = min(rates.count, losses.count)
    let shown = smoothed.isEmpty ? losses : smoothed
    // What diverges would press the valley flat: the axis ends at four times the depth of the curve.
    let finite = shown.filter(\.isFinite)
    let low = finite.min() ?? 0
    let start = finite.first ?? 1
    let high = finite.max() ?? 1
    let roof = start + max(start - low, start.magnitude * 0.05) * 1.2
    var layers = [
      Layer(
        smoothed.isEmpty ? nil : "batch loss", .line(x: rates, y: losses),
        ink: Ink(.sky, mark: nil, width: 1, opacity: smoothed.isEmpty ? 1 : 0.7))
    ]
    if !smoothed.isEmpty {
      layers.append(Layer("smoothed", .line(x: rates, y: smoothed), ink: Ink(.blue, mark: nil, width: 2)))
    }
    if let suggestion, suggestion.isFinite, suggestion > 0 {
      layers.append(
        Layer(
          "suggested: \(Number.significant(suggestion))", .verticalRule(suggestion),
          ink: Ink(.vermillion, dash: .dashed, width: 1.6)))
    }
    return Plot(
      title: "Learning-rate range test",
      panels: count == 0
        ? []
        : [
          Panel(
            x: Axis("learning rate", scale: .log),
            y: Axis("loss", range: high > roof && roof > low ? (low - (roof - low) * 0.06)...roof : nil), layers: layers
          )
        ],
      remarks: suggestion.map { ["Suggested learning rate: \(Number.significant($0))"] } ?? [],
      emptyMessage: "nothing to draw yet: no batch has been trained")
  }
}
