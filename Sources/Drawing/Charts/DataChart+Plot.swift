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
      layers = Self.layers(scatter, count: count)
    }
    return Plot(
      title: "Rows of \(dataset)", subtitle: count == 0 ? nil : "\(Number.count(count)) rows",
      panels: count == 0 ? [] : [Panel(x: Axis(scatter.xName), y: Axis(scatter.yName), layers: layers)],
      colorScale: scale, emptyMessage: "nothing to draw: the data have no rows", height: 340)
  }
  /// A layer per class; beyond the first so many classes one for all others, under them. O(rows + classes log classes).
  private static func layers(_ scatter: Scatter, count: Int) -> [Layer] {
    let rows = Dictionary(grouping: 0..<min(count, scatter.classes.count), by: { scatter.classes[$0] })
    func points(_ rows: [Int]) -> Layer.Shape {
      .points(x: rows.map { scatter.x[$0] }, y: rows.map { scatter.y[$0] })
    }
    let classes = rows.keys.sorted()
    var layers = classes.prefix(mostClasses).map { index in
      let name = scatter.classNames.indices.contains(index) ? scatter.classNames[index] : "class \(index)"
      return Layer(name, points(rows[index] ?? []), ink: .series(index))
    }
    let others = classes.dropFirst(mostClasses)
    if !others.isEmpty {
      let name = "\(Number.count(others.count)) more classes"
      layers.insert(Layer(name, points(others.flatMap { rows[$0] ?? [] }), ink: Ink(.grey, opacity: 0.5)), at: 0)
    }
    return layers
  }

  /// Classes with a colour and a mark of their own: far more than anyone tells apart.
  private static let mostClasses = 50
}
