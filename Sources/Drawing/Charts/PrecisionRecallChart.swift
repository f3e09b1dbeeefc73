/// Precision against recall at every threshold.
package struct PrecisionRecallChart: Chart {
  package static let name = "precision_recall"
  package static let help =
    "precision against recall at every threshold, with the average precision; of several classes one against the rest"

  package var judged: Judged
  package var curves: [AreaCurve]
  /// The share of positive rows, which guessing reaches: of one curve; nil for several.
  package var chance: Double?

  package init(_ judged: Judged, curves: [AreaCurve], chance: Double? = nil) {
    (self.judged, self.curves, self.chance) = (judged, curves, chance)
  }

  package func draw() -> Picture { plot.draw() }

  package var plot: Plot {
    let choice = CurveChoice(curves)
    var layers: [Layer] = []
    if let chance {
      layers.append(
        Layer(
          "chance: \(Number.percent(chance))", .horizontalRule(chance),
          ink: Ink(.grey, dash: .dotted, mark: nil, width: 1.2)))
    }
    // From high recall to low: between two thresholds the precision is the lower threshold's, as the average counts it.
    layers += choice.shown.enumerated().map { index, curve in
      Layer(CurveChoice.name(curve, "average"), .steps(x: curve.x, y: curve.y), ink: .series(index))
    }
    return Plot(
      title: "Precision and recall of \(judged.run)",
      subtitle: [judged.text, choice.words("average precision")].compactMap { $0 }.joined(separator: "; "),
      panels: choice.shown.isEmpty
        ? []
        : [
          Panel(
            x: Axis("recall", format: .percent, range: 0...1),
            y: Axis("precision", format: .percent, range: 0...1), layers: layers)
        ],
      remarks: choice.shown.map { CurveChoice.name($0, "average precision") },
      emptyMessage: "nothing to draw: precision and recall need rows of the positive class", width: 560, height: 340)
  }
}
