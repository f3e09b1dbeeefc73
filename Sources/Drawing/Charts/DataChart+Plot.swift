extension DataChart {
  package func draw() -> Picture {
    switch content {
    case .scatter(let scatter): plot(scatter).draw()
    case .column(let column): plot(column).draw()
    case .images(let samples, let width, let height):
      ImageSheet(title: "Samples of \(dataset)", samples: samples, width: width, height: height).draw()
    }
  }

  private func plot(_ scatter: Scatter) -> Plot {
    let count = min(scatter.x.count, scatter.y.count)
    var scale: ColorScale?
    var layers: [Layer] = []
    if scatter.classes.isEmpty {
      let targets = scatter.targets.filter(\.isFinite)
      if let low = targets.min(), let high = targets.max() {
        scale = ColorScale(scatter.targetName, range: low...high)
      }
      layers = [
        Layer(
          nil, .points(x: scatter.x, y: scatter.y, values: targets.isEmpty ? nil : scatter.targets),
          ink: Ink(.blue, opacity: 0.9))
      ]
    } else {
      for index in 0..<((scatter.classes.max() ?? -1) + 1) {
        let rows = (0..<count).filter { $0 < scatter.classes.count && scatter.classes[$0] == index }
        guard !rows.isEmpty else { continue }
        let name = index < scatter.classNames.count ? scatter.classNames[index] : "class \(index)"
        layers.append(
          Layer(name, .points(x: rows.map { scatter.x[$0] }, y: rows.map { scatter.y[$0] }), ink: .series(index)))
      }
    }
    return Plot(
      title: "Rows of \(dataset)", subtitle: count == 0 ? nil : "\(Number.count(count)) rows",
      panels: count == 0 ? [] : [Panel(x: Axis(scatter.xName), y: Axis(scatter.yName), layers: layers)],
      colorScale: scale, emptyMessage: "nothing to draw: the data have no rows", height: 340)
  }
}
