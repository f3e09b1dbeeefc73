/// A plot with every number worked out: ranges, places in 0...1 of their panel, reduced to what can be seen. SVG and text are
/// drawn from the same scene.
package struct Scene {
  package struct Panel {
    var title: String?
    package var xAxis: Axis
    package var yAxis: Axis
    package var x: AxisMap
    package var y: AxisMap
    var layers: [Layer]
  }

  struct Layer {
    var name: String?
    var ink: Ink
    var form: Form
  }

  /// Places (u, v) run from the left bottom to the right top of the frame; nan parts a path.
  enum Form {
    case path(u: [Double], v: [Double], isClosed: Bool)
    case points(u: [Double], v: [Double], shares: [Double]?)
    case boxes([Box])
    case cells(Cells)
    case levels(Levels)
    case labels([Drawing.Label])
    case vertical(Double)
    case horizontal(Double)
    case rail(Rail)
    case strands(u: [Double], v: [[Double]], shares: [Double])
  }

  struct Box {
    var u: ClosedRange<Double>
    var v: ClosedRange<Double>
    var isHorizontal: Bool
    var label: String?
  }

  struct Cells {
    /// `shares[row][column]` on the colour scale; nan is left blank.
    var shares: [[Double]]
    var labels: [[String]]?
    /// Edges of columns and rows, one more than there are.
    var u: [Double]
    var v: [Double]
  }

  struct Levels {
    /// From the lowest: the outlines of where the function is at least so high.
    var outlines: [[Outline]]
    /// Colour share of each level.
    var shares: [Double]
    /// The function's colour share sampled for drawing in characters, row 0 at the bottom.
    var samples: [[Double]]
    /// One outline in the layer's own ink, not levels of the colour scale: `samples` are 0 inside, nan outside.
    var isRegion = false
    /// The part of the frame that the samples cover.
    var u: ClosedRange<Double>?
    var v: ClosedRange<Double>?
  }

  package var panels: [Panel]
  var sharesY: Bool
  var sharesX: Bool
  /// Values without a place: not finite, or not positive on a log axis.
  var missing: Int
  /// Points outside of a given range.
  package var outside: Int
  /// How many points were asked for and how many are drawn.
  var points: Int
  var drawn: Int

  var isEmpty: Bool { panels.allSatisfy { $0.layers.isEmpty } }

  package init(_ plot: Plot, budget: Int = 3000) {
    sharesX = Self.areAlike(plot.panels.map(\.x))
    sharesY = Self.areAlike(plot.panels.map(\.y))
    let extents = plot.panels.map(Extent.init)
    var builder = SceneBuilder(scale: plot.colorScale, sizes: plot.panels.flatMap(\.layers).map(\.size), budget: budget)
    let allX = sharesX ? Extent.union(extents.map(\.x)) : nil
    let allY = sharesY ? Extent.union(extents.map(\.y)) : nil
    panels = zip(plot.panels, extents).map { panel, extent in
      let x = AxisMap(panel.x, data: allX ?? extent.x)
      let y = AxisMap(panel.y, data: allY ?? extent.y)
      builder.beginPanel()
      let layers = panel.layers.compactMap { builder.layer($0, x, y) }
      return Panel(title: panel.title, xAxis: panel.x, yAxis: panel.y, x: x, y: y, layers: layers)
    }
    missing = builder.missing
    outside = builder.outside
    points = builder.points
    drawn = builder.drawn
  }

  /// Axes of one quantity, on which panels can be compared.
  private static func areAlike(_ axes: [Axis]) -> Bool {
    guard let first = axes.first, axes.count > 1, first.range == nil else { return false }
    return axes.allSatisfy { $0.name == first.name && $0.scale == first.scale && $0.range == nil }
  }
}
