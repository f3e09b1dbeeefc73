/// The ways of optimisers over a function of two variables.
package struct PathChart: Chart {
  package static let name = "path"
  package static let help = "the paths of optimizers over a function of two variables"

  package struct Path: Sendable {
    package var name: String
    package var x: [Double]
    package var y: [Double]

    package init(_ name: String, x: [Double], y: [Double]) {
      self.name = name
      self.x = x
      self.y = y
    }
  }

  package var title: String
  package var function: Grid
  package var paths: [Path]
  /// Where the function is least.
  package var minimum: (x: Double, y: Double)?

  package init(title: String, function: Grid, paths: [Path], minimum: (x: Double, y: Double)? = nil) {
    self.title = title
    self.function = function
    self.paths = paths
    self.minimum = minimum
  }

  package func draw() -> Picture { plot.draw() }
}
