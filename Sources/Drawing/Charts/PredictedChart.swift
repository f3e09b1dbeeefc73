/// Predicted against true numbers.
package struct PredictedChart: Chart {
  package static let name = "predicted"
  package static let help = "predicted against true numbers of a regression; on the diagonal a prediction is right"

  package var judged: Judged
  package var targets: [JudgedTarget]
  /// In 0...1 for a good one; nil if it was not measured.
  package var r2: Double?
  package var rmse: Double?

  package init(_ judged: Judged, targets: [JudgedTarget], r2: Double? = nil, rmse: Double? = nil) {
    (self.judged, self.targets, self.r2, self.rmse) = (judged, targets, r2, rmse)
  }

  package func draw() -> Picture { plot.draw() }

  package var plot: Plot {
    let shown = targets.filter { !$0.known.isEmpty }.prefix(JudgedTarget.most)
    let scores = [("r2", r2), ("rmse", rmse)].compactMap { name, value in
      value.map { "\(name) \(Number.significant($0, digits: 4))" }
    }
    return Plot(
      title: "Predictions of \(judged.run)",
      subtitle: (scores + [JudgedTarget.words(judged, targets)]).joined(separator: ", "),
      panels: shown.map(panel), emptyMessage: "nothing to draw: no row has a true and a predicted number",
      height: shown.count == 1 ? 340 : nil)
  }

  private func panel(_ target: JudgedTarget) -> Panel {
    let range = target.range
    var layers: [Layer] = []
    if let range {
      let ends = [range.lowerBound, range.upperBound]
      layers.append(Layer("right", .line(x: ends, y: ends), ink: Ink(.grey, dash: .dashed, mark: nil, width: 1.2)))
    }
    layers.append(Layer("rows", .points(x: target.truth, y: target.predicted), ink: Ink(.blue, opacity: 0.7)))
    return Panel(
      x: Axis("true \(target.name)", range: range), y: Axis("predicted \(target.name)", range: range), layers: layers)
  }
}
