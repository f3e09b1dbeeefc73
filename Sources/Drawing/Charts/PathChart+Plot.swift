extension PathChart {
  package var plot: Plot {
    let values = function.values.joined().filter(\.isFinite)
    let low = values.min() ?? 0
    let high = values.max() ?? 1
    let isLog = low > 0 && high / low > 100
    var layers = [Layer(nil, .contours(function), ink: Ink(.grey))]
    for (index, path) in paths.enumerated() {
      var ink = Ink.series(index)
      ink.width = 2
      layers.append(Layer(path.name, .line(x: path.x, y: path.y), ink: ink))
      // A dot a step shows the step's length; under the lines, whose marks tell the paths apart.
      ink.mark = .dot
      let steps = zip(path.x, path.y).filter { isShown($0.0, function.x) && isShown($0.1, function.y) }
      layers.insert(Layer(nil, .points(x: steps.map(\.0), y: steps.map(\.1)), ink: ink), at: 1)
    }
    if let minimum {
      layers.append(Layer("minimum", .points(x: [minimum.x], y: [minimum.y]), ink: Ink(.black, mark: .star)))
    }
    let range = function.x.count > 1 && function.y.count > 1
    return Plot(
      title: title,
      panels: values.isEmpty || !range
        ? []
        : [
          Panel(
            x: Axis("x", range: function.x[0]...max(function.x[0], function.x[function.x.count - 1])),
            y: Axis("y", range: function.y[0]...max(function.y[0], function.y[function.y.count - 1])), layers: layers)
        ],
      colorScale: ColorScale("function value", range: low...high, isLog: isLog, ramp: .greys),
      remarks: paths.map { path in
        let leaves = !path.x.allSatisfy { isShown($0, function.x) } || !path.y.allSatisfy { isShown($0, function.y) }
        return "\(path.name): \(max(0, min(path.x.count, path.y.count) - 1)) steps"
          + (leaves ? ", beyond the picture too" : "")
      },
      emptyMessage: "nothing to draw: the function has no values", height: 340)
  }

  private func isShown(_ value: Double, _ places: [Double]) -> Bool {
    guard let first = places.first, let last = places.last else { return false }
    return value >= first && value <= last
  }
}
