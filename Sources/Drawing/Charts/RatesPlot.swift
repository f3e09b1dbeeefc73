/// The common form of learning rates and schedules: a step an epoch, log where the rates span more than two decades.
struct RatesPlot {
  var title: String
  var curves: [NamedCurve]

  var plot: Plot {
    let values = curves.flatMap(\.values).filter { $0.isFinite && $0 > 0 }
    let isLog = (values.max() ?? 1) / (values.min() ?? 1) > 100
    let last = curves.map(\.values.count).max() ?? 0
    let layers = curves.enumerated().map { index, curve in
      Layer(
        curves.count == 1 ? nil : curve.name,
        .line(x: curve.values.indices.map { Double($0 + 1) }, y: curve.values), ink: .series(index))
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
        return "\(curve.name): from \(Number.significant(first)) to \(Number.significant(last)) in \(curve.values.count) epochs"
      }, emptyMessage: "nothing to draw yet: no epoch has finished")
  }
}
