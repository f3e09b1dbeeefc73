/// What predictions leave over.
package struct ResidualsChart: Chart {
  package static let name = "residuals"
  package static let help = "true less predicted numbers of a regression over the predicted ones"

  package var judged: Judged
  package var targets: [JudgedTarget]

  package init(_ judged: Judged, targets: [JudgedTarget]) { (self.judged, self.targets) = (judged, targets) }

  package func draw() -> Picture { plot.draw() }

  package var plot: Plot {
    let shown = targets.filter { !$0.known.isEmpty }.prefix(JudgedTarget.most)
    let words = shown.count == 1 ? [Self.spread(shown[0])] : []
    return Plot(
      title: "Residuals of \(judged.run)",
      subtitle: (words + [JudgedTarget.words(judged, targets)]).joined(separator: "; "),
      panels: shown.map { target in
        Panel(
          x: Axis("predicted \(target.name)"), y: Axis("true - predicted"),
          layers: [
            Layer("right", .horizontalRule(0), ink: Ink(.grey, dash: .dashed, mark: nil, width: 1.2)),
            Layer("rows", .points(x: target.predicted, y: target.residuals), ink: Ink(.blue, opacity: 0.7)),
          ])
      }, remarks: shown.map { "\($0.name): \(Self.spread($0))" },
      emptyMessage: "nothing to draw: no row has a true and a predicted number", height: shown.count == 1 ? 300 : nil)
  }

  private static func spread(_ target: JudgedTarget) -> String {
    let residuals = target.residuals.filter(\.isFinite)
    let count = Double(max(residuals.count, 1))
    let mean = residuals.reduce(0) { $0 + $1 / count }
    let variance = residuals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / count }
    return
      "mean \(Number.significant(mean, digits: 4)), standard deviation \(Number.significant(variance.squareRoot(), digits: 4))"
  }
}
