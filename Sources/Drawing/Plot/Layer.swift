/// One thing drawn in a panel. Layers of the same name share an entry of the legend; without a name there is none.
package struct Layer: Sendable {
  package var name: String?
  package var shape: Shape
  package var ink: Ink
  /// What a live picture says of each point; nil: its place.
  package var table: PointTable?

  package init(_ name: String? = nil, _ shape: Shape, ink: Ink, table: PointTable? = nil) {
    self.name = name
    self.shape = shape
    self.ink = ink
    self.table = table
  }

  /// Places are in data coordinates; a value that is not finite is a gap, and the description counts it.
  package enum Shape: Sendable {
    case line(x: [Double], y: [Double])
    /// Goes on level to the next x, then jumps.
    case steps(x: [Double], y: [Double])
    /// One mark a place; `values` colour them by the plot's colour scale.
    case points(x: [Double], y: [Double], values: [Double]? = nil)
    /// The area between two curves.
    case band(x: [Double], low: [Double], high: [Double])
    /// Marks along the bottom edge: events without a value.
    case rug([Double])
    case bars([Bar])
    /// A rectangle a value, row 0 at y = 0: on category axes cell (row, column) lies around (column, row). `labels` stand in them.
    case cells(values: [[Double]], labels: [[String]]?)
    /// Filled levels of a function on a grid, coloured by the plot's colour scale.
    case contours(Grid)
    /// Where a function on a grid is at least 0, filled with a paler shade of the ink.
    case region(Grid)
    case labels([Label])
    case verticalRule(Double)
    case horizontalRule(Double)
    /// A vertical scale of its own inside the panel, for parallel coordinates.
    case rail(Rail)
    /// Lines through many places, each coloured by its value.
    case strands(x: [Double], y: [[Double]], values: [Double])
    /// A closed outline.
    case polygon(x: [Double], y: [Double])
  }
}

/// What there is to say of a layer's points.
package struct PointTable: Sendable {
  package var columns: [String]
  /// A row for each point; nil for one that is not told.
  package var rows: [[String]?]

  package init(columns: [String], rows: [[String]?]) { (self.columns, self.rows) = (columns, rows) }
}

/// A bar from one value to another, `thickness` wide around its position.
package struct Bar: Sendable {
  package var position: Double
  package var from: Double
  package var to: Double
  package var thickness: Double
  package var isHorizontal: Bool
  /// Stands at the end of the bar.
  package var label: String?

  package init(
    at position: Double, from: Double = 0, to: Double, thickness: Double = 0.7, isHorizontal: Bool = false,
    label: String? = nil
  ) {
    self.position = position
    self.from = from
    self.to = to
    self.thickness = thickness
    self.isHorizontal = isHorizontal
    self.label = label
  }
}

/// A word at a place.
package struct Label: Sendable {
  package enum Anchor: Sendable {
    case start, middle, end
  }
  package var x: Double
  package var y: Double
  package var text: String
  package var anchor: Anchor
  /// Pixels to shift by, to the right and down.
  package var dx: Double
  package var dy: Double

  package init(
    _ text: String, x: Double, y: Double, anchor: Anchor = .start, dx: Double = 0, dy: Double = 0
  ) {
    self.text = text
    self.x = x
    self.y = y
    self.anchor = anchor
    self.dx = dx
    self.dy = dy
  }
}

/// A function's values over a rectangle: `values[row][column]` at (`x[column]`, `y[row]`), both ascending.
package struct Grid: Sendable {
  package var x: [Double]
  package var y: [Double]
  package var values: [[Double]]

  package init(x: [Double], y: [Double], values: [[Double]]) {
    self.x = x
    self.y = y
    self.values = values
  }
}

/// A scale standing at `x`: ticks at places of the panel's y axis.
package struct Rail: Sendable {
  package struct Tick: Sendable {
    package var y: Double
    package var text: String
    package init(y: Double, text: String) {
      self.y = y
      self.text = text
    }
  }
  package var x: Double
  package var name: String
  package var ticks: [Tick]

  package init(x: Double, name: String, ticks: [Tick]) {
    self.x = x
    self.name = name
    self.ticks = ticks
  }
}
