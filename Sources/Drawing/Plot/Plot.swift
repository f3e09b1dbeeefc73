/// A picture as plain values: panels of layers over axes. `draw()` lays it out and draws it.
package struct Plot: Sendable {
  package var title: String
  package var subtitle: String?
  /// Small multiples, row by row.
  package var panels: [Panel]
  /// Panels side by side; nil chooses.
  package var columns: Int?
  /// What colours mean where layers colour by value; drawn as a bar beside the panels.
  package var colorScale: ColorScale?
  /// Facts for the description: what a reader who cannot see the picture should know.
  package var remarks: [String]
  /// What to say where nothing can be drawn: "nothing to draw yet: no trial has finished".
  package var emptyMessage: String
  /// Size in CSS pixels; a nil height follows from the panels.
  package var width: Double
  package var height: Double?
  /// What a mark stands for, where marks are counted: a point, a trial.
  package var marks: String

  package init(
    title: String, subtitle: String? = nil, panels: [Panel], columns: Int? = nil, colorScale: ColorScale? = nil,
    remarks: [String] = [], emptyMessage: String = "nothing to draw yet", width: Double = 640, height: Double? = nil,
    marks: String = "point"
  ) {
    self.title = title
    self.subtitle = subtitle
    self.panels = panels
    self.columns = columns
    self.colorScale = colorScale
    self.remarks = remarks
    self.emptyMessage = emptyMessage
    self.width = width
    self.height = height
    self.marks = marks
  }
}

/// One frame with two axes and what is drawn in it.
package struct Panel: Sendable {
  package var title: String?
  package var x: Axis
  package var y: Axis
  /// In painting order.
  package var layers: [Layer]

  package init(title: String? = nil, x: Axis, y: Axis, layers: [Layer]) {
    self.title = title
    self.x = x
    self.y = y
    self.layers = layers
  }
}
