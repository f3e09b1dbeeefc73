/// The common form of learning rates and schedules: a step an epoch, log where the rates span more than two decades.
struct RatesPlot {
  var title: String
  var curves: [NamedCurve]

  /// Whether the rate stays where it is most of the time; it is then drawn as it is, by jumps.
  private static func isStair(_ values: [Double]) -> Bool {
    2 * zip(values, values.dropFirst()).filter { $0 == $1 }.count > values.count
  }

  var plot: Plot {
    let values = curves.flatMap(\.values).filter { $0.isFinite && $0 > 0 }
    let isLog = (values.max() ?? 1) / (values.min() ?? 1) > 100
    let last = curves.map(\.values.count).max() ?? 0
    let layers = curves.enumerated().map { index, curve in
      let x = curve.values.indices.map { Double($0 + 1) }
      return Layer(
        curves.count == 1 ? nil : curve.name,
        Self.isStair(curve.values) ? .steps(x: x, y: curve.values) : .line(x: x, y: curve.values), ink: .series(index))
    }
    return Plot(
      title: title,
      panels: [
        Panel(
          x: Axis("epoch", format: .whole, range: last > 1 ? 1...Double(last) : nil),
          y: Axis("learning rate", scale: isLog ? .log : .linear, includesZero: !isLog), layers: layers)
      ],
      remarks: curves.compactMap { curve in
        guard let first = curve.values.first, let last = curve.values.last else { return nil }
        return
          "\(curve.name): from \(Number.significant(first)) to \(Number.significant(last)) in \(curve.values.count) epochs"
      }, emptyMessage: "nothing to draw yet: no epoch has finished")
  }
}
