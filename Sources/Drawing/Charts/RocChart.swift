/// True against false positive rates at every threshold.
package struct RocChart: Chart {
  package static let name = "roc"
  package static let help =
    "true against false positive rate at every threshold, with the area; of several classes one against the rest"

  package var judged: Judged
  package var curves: [AreaCurve]

  package init(_ judged: Judged, curves: [AreaCurve]) { (self.judged, self.curves) = (judged, curves) }

  package func draw() -> Picture { plot.draw() }

  package var plot: Plot {
    let choice = CurveChoice(curves)
    var layers = [
      Layer("chance", .line(x: [0, 1], y: [0, 1]), ink: Ink(.grey, dash: .dotted, mark: nil, width: 1.2))
    ]
    layers += choice.shown.enumerated().map { index, curve in
      Layer(CurveChoice.name(curve, "area"), .line(x: curve.x, y: curve.y), ink: .series(index))
    }
    return Plot(
      title: "ROC of \(judged.run)",
      subtitle: [judged.text, choice.words("area")].compactMap { $0 }.joined(separator: "; "),
      panels: choice.shown.isEmpty
        ? []
        : [
          Panel(
            x: Axis("false positive rate", format: .percent, range: 0...1),
            y: Axis("true positive rate", format: .percent, range: 0...1), layers: layers)
        ],
      remarks: choice.shown.map { CurveChoice.name($0, "area") },
      emptyMessage: "nothing to draw: a ROC curve needs rows of a class and of another", width: 560, height: 340)
  }
}
