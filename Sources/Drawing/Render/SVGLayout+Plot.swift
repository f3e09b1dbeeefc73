extension SVGLayout {
  /// Title, subtitle and legend from the top, then the panels, the colour bar to their right.
  init(_ plot: Plot, _ scene: Scene) {
    width = max(plot.width, 200)
    titleY = Self.margin + 13
    var top = plot.title.isEmpty ? Self.margin : titleY + 8
    subtitleY = top + 10
    if let subtitle = plot.subtitle, !subtitle.isEmpty { top += 18 }
    legendY = top + 12
    legend = Legend(scene).rows(width: width - 2 * Self.margin)
    top += Double(legend.rows.count) * Legend.rowHeight + 6

    let bar = plot.colorScale.map(ColorBar.reserve) ?? 0
    let grid = PanelGrid(plot, scene, width: width - 2 * Self.margin - bar)
    let bottom: Double
    (places, bottom) = grid.places(left: Self.margin, top: top)
    height = (bottom + Self.margin).rounded(.up)
    colorBar = nil
    if bar > 0, let first = places.first?.frame, let last = places.last?.frame {
      colorBar = Frame(
        left: width - Self.margin - bar + 14, top: first.top, width: 12, height: min(last.bottom - first.top, 320))
    }
  }
}
