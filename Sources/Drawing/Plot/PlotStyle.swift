/// What a person sets for one drawing: it goes over what the chart chose.
package struct PlotStyle: Sendable, Equatable {
  package enum Scale: String, Sendable, CaseIterable { case linear, log }

  /// Of the axis that shows the values: the upright one, or the other where that has names.
  package var scale: Scale?
  package var title: String?
  /// CSS pixels. The height is that of the frame of one row of panels.
  package var width: Double?
  package var height: Double?

  package init() {}

  /// In force while a picture is drawn.
  @TaskLocal package static var current = PlotStyle()

  func applied(to plot: Plot) -> Plot {
    var plot = plot
    if let title { plot.title = title }
    if let width { plot.width = width }
    if let height { plot.height = height }
    guard let scale else { return plot }
    for index in plot.panels.indices {
      if Self.isNumeric(plot.panels[index].y) {
        plot.panels[index].y = Self.scaled(plot.panels[index].y, scale)
      } else if Self.isNumeric(plot.panels[index].x) {
        plot.panels[index].x = Self.scaled(plot.panels[index].x, scale)
      }
    }
    return plot
  }

  private static func isNumeric(_ axis: Axis) -> Bool { axis.categories == nil && !axis.isHidden }

  private static func scaled(_ axis: Axis, _ scale: Scale) -> Axis {
    var axis = axis
    axis.scale = scale == .log ? .log : .linear
    if scale == .log, (axis.range?.lowerBound ?? 1) <= 0 { axis.range = nil }
    return axis
  }
}
