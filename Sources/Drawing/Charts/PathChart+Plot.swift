extension PathChart {
  var plot: Plot {
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
      layers.insert(Layer(nil, .points(x: path.x, y: path.y), ink: ink), at: 1)
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
      remarks: paths.map { "\($0.name): \(max(0, min($0.x.count, $0.y.count) - 1)) steps" },
      emptyMessage: "nothing to draw: the function has no values", height: 340)
  }
}
