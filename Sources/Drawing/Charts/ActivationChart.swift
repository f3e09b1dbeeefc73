/// Activations and their slopes.
package struct ActivationChart: Chart {
  package static let name = "activation"
  package static let help = "activation functions and their slopes, side by side"

  package struct Curve: Sendable {
    package var name: String
    package var values: [Double]
    package var slopes: [Double]

    package init(_ name: String, values: [Double], slopes: [Double]) {
      (self.name, self.values, self.slopes) = (name, values, slopes)
    }
  }

  /// Where the curves are sampled.
  package var x: [Double]
  package var curves: [Curve]

  package init(x: [Double], curves: [Curve]) { (self.x, self.curves) = (x, curves) }

  package func draw() -> Picture { plot.draw() }

  package var plot: Plot {
    func panel(_ title: String, _ values: (Curve) -> [Double]) -> Panel {
      Panel(
        title: title, x: Axis("input"), y: Axis(title),
        layers: [Layer(nil, .horizontalRule(0), ink: Ink(.grey, mark: nil, width: 0.8))]
          + curves.enumerated().map { index, curve in
            Layer(curve.name, .line(x: x, y: values(curve)), ink: .series(index))
          })
    }
    return Plot(
      title: curves.count == 1 ? "Activation \(curves[0].name)" : "Activations",
      panels: curves.isEmpty || x.isEmpty ? [] : [panel("output", \.values), panel("slope", \.slopes)], columns: 2,
      remarks: curves.map { curve in
        "\(curve.name): output \(Self.range(curve.values)), slope \(Self.range(curve.slopes))"
      }, emptyMessage: "nothing to draw: no activation is named", height: 260)
  }

  private static func range(_ values: [Double]) -> String {
    let known = values.filter(\.isFinite)
    return "\(Number.significant(known.min() ?? .nan)) to \(Number.significant(known.max() ?? .nan))"
  }
}
