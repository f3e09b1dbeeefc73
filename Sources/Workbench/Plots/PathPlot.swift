import Drawing
import Language
import NeuralNetworks
import Vocabulary

extension PlotKind {
  /// Optimizers on a function of two variables, all with the same rate.
  static let path = PlotKind(PathChart.self, .optimizers) { request in
    let calls = try request.calls(
      "an", "optimizer", among: Optimizers.syntaxes, example: "plot path sgd(momentum=0.9) adam")
    let surface = try PathSurface(request.invocation.call("surface")!)
    let rate = request.invocation.float("learning_rate")!
    let paths = try calls.map { call, _ in
      let path = try OptimizerPath(call, learningRate: rate, steps: request.invocation.int("steps")!, over: surface)
      return PathChart.Path(call.description, x: path.x, y: path.y)
    }
    return PathChart(
      title: "Optimizers on \(surface.syntax.name), learning rate \(rate)", function: grid(surface), paths: paths,
      minimum: surface.minimum
    ).draw()
  }

  private static func grid(_ surface: PathSurface) -> Grid {
    func places(_ range: ClosedRange<Double>) -> [Double] {
      (0...40).map { range.lowerBound + (range.upperBound - range.lowerBound) * Double($0) / 40 }
    }
    let (xs, ys) = (places(surface.x), places(surface.y))
    return Grid(x: xs, y: ys, values: ys.map { y in xs.map { x in surface.value(x, y) } })
  }
}
