/// Draws a scene as SVG.
struct SVGPlot {
  let plot: Plot
  let scene: Scene
  let layout: SVGLayout

  init(_ plot: Plot, _ scene: Scene) {
    self.plot = plot
    self.scene = scene
    layout = SVGLayout(plot, scene)
  }

  func draw(description: String) -> SVG {
    var svg = SVG(width: Int(layout.width), height: Int(layout.height), title: plot.title, description: description)
    let room = layout.width - 2 * SVGLayout.margin
    svg.label(
      Helvetica.cut(plot.title, to: room, size: 14, isBold: true), x: SVGLayout.margin, y: layout.titleY, size: 14,
      isBold: true)
    if let subtitle = plot.subtitle {
      svg.label(
        Helvetica.cut(subtitle, to: room, size: 12), x: SVGLayout.margin, y: layout.subtitleY, size: 12, color: .quiet)
    }
    drawLegend(&svg)
    // All frames are equally wide, and those without a name of their own equally high.
    let frame = layout.places.first?.frame
    let (width, height) = (frame?.width ?? 0, layout.places.map(\.frame.height).min() ?? 0)
    // Beside another panel's name there is only the gap.
    let xRoom = scene.panels.count > 1 ? width + 8 : width + 40
    let names = scene.names(
      title: { Helvetica.width($0, size: 11, isBold: true) <= width + 10 },
      x: { Helvetica.width($0, size: 12) <= xRoom }, y: { Helvetica.width($0, size: 12) <= height + 8 })
    for ((panel, place), names) in zip(zip(scene.panels, layout.places), names) {
      svg.group("grid") { drawGrid(panel, place, &$0) }
      var painter = LayerPainter(frame: place.frame, scale: plot.colorScale, isDense: scene.drawn > 1200)
      for layer in panel.layers {
        svg.group("series", layer.name ?? "") { painter.draw(layer, &$0) }
      }
      drawAxes(panel, names, place, &svg)
    }
    if let scale = plot.colorScale, let frame = layout.colorBar { ColorBar.draw(scale, in: frame, &svg) }
    return svg
  }

  private func drawLegend(_ svg: inout SVG) {
    for (index, row) in layout.legend.rows.enumerated() {
      let y = layout.legendY + Double(index) * Legend.rowHeight
      for (entry, offset) in row.entries {
        let x = SVGLayout.margin + offset
        let frame = Frame(left: x, top: y - 8.5, width: entry.swatch, height: 9)
        var painter = LayerPainter(frame: frame, scale: plot.colorScale)
        svg.group("legend", entry.series) { svg in
          for (ink, form) in entry.samples { painter.draw(Scene.Layer(name: nil, ink: ink, form: form), &svg) }
          svg.label(entry.name, x: x + entry.swatch + 5, y: y)
        }
      }
    }
    guard layout.legend.left > 0, let last = layout.legend.rows.last?.entries.last else { return }
    let x = SVGLayout.margin + last.x + last.entry.swatch + 5 + 12 + Helvetica.width(last.entry.name)
    let y = layout.legendY + Double(layout.legend.rows.count - 1) * Legend.rowHeight
    svg.label("and \(layout.legend.left) more", x: x, y: y, color: .quiet)
  }
}

extension Legend.Entry {
  /// The layer in small: a line with one of its marks, a mark, a patch.
  fileprivate var samples: [(Ink, Scene.Form)] {
    var plain = ink
    plain.mark = nil
    let line: (Ink, Scene.Form) = (plain, .path(u: [0, 1], v: [0.5, 0.5], isClosed: false))
    let mark: (Ink, Scene.Form) = (ink, .points(u: [0.5], v: [0.5], shares: nil))
    switch form {
    case .path(_, _, let isClosed):
      if isClosed { return [(ink, .path(u: [0, 1, 1, 0], v: [0, 0, 1, 1], isClosed: true))] }
      return ink.mark == nil ? [line] : [line, mark]
    case .points: return [mark]
    case .boxes, .cells, .levels:
      return [(ink, .boxes([Scene.Box(u: 0...1, v: 0...1, isHorizontal: true, label: nil)]))]
    case .vertical, .horizontal, .strands, .rail, .labels: return [line]
    }
  }
}
