/// Paints one layer into its frame.
struct LayerPainter {
  let frame: Frame
  let scale: ColorScale?
  /// So many points that each gets a smaller mark: less ink, and a third of the bytes.
  var isDense = false

  mutating func draw(_ layer: Scene.Layer, _ svg: inout SVG) {
    let ink = layer.ink
    switch layer.form {
    case .path(let u, let v, let isClosed):
      isClosed ? area(u, v, ink, &svg) : line(u, v, ink, &svg)
    case .points(let u, let v, let shares): points(u, v, shares, ink, &svg)
    case .boxes(let boxes): self.boxes(boxes, ink, &svg)
    case .cells(let cells): self.cells(cells, &svg)
    case .levels(let levels): self.levels(levels, ink, &svg)
    case .labels(let labels): self.labels(labels, ink, &svg)
    case .vertical(let u):
      guard (0...1).contains(u) else { return }
      svg.segment(
        x1: frame.x(u), y1: frame.top, x2: frame.x(u), y2: frame.bottom, color: ink.color, width: ink.width,
        dash: ink.dash)
    case .horizontal(let v):
      guard (0...1).contains(v) else { return }
      svg.segment(
        x1: frame.left, y1: frame.y(v), x2: frame.right, y2: frame.y(v), color: ink.color, width: ink.width,
        dash: ink.dash)
    case .rail(let rail): self.rail(rail, ink, &svg)
    case .strands(let u, let v, let shares): strands(u, v, shares, ink, &svg)
    }
  }

  private func area(_ u: [Double], _ v: [Double], _ ink: Ink, _ svg: inout SVG) {
    svg.raw("<path d=\"")
    for index in u.indices where u[index].isFinite && v[index].isFinite {
      svg.raw(index == 0 ? "M" : "L")
      svg.pair(frame.x(min(max(u[index], 0), 1)), frame.y(min(max(v[index], 0), 1)))
    }
    svg.raw("Z\" fill=\"\(ink.color.hex)\"")
    if ink.opacity < 1 { svg.raw(" fill-opacity=\"\(Number.significant(ink.opacity, digits: 2))\"") }
    svg.raw("/>\n")
  }

  private func boxes(_ boxes: [Scene.Box], _ ink: Ink, _ svg: inout SVG) {
    svg.raw("<path d=\"")
    for box in boxes {
      let left = frame.x(box.u.lowerBound)
      let top = frame.y(box.v.upperBound)
      svg.raw("M")
      svg.pair(left, top)
      svg.raw("H")
      svg.number(max(frame.x(box.u.upperBound), left + 0.5))
      svg.raw("V")
      svg.number(max(frame.y(box.v.lowerBound), top + 0.5))
      svg.raw("H")
      svg.number(left)
      svg.raw("Z")
    }
    svg.raw("\" fill=\"\(ink.color.hex)\"")
    if ink.opacity < 1 { svg.raw(" fill-opacity=\"\(Number.significant(ink.opacity, digits: 2))\"") }
    svg.raw("/>\n")
    for box in boxes { if let label = box.label { self.label(label, of: box, ink, &svg) } }
  }

  /// Beyond the end of the bar, or inside where the frame ends too soon.
  private func label(_ text: String, of box: Scene.Box, _ ink: Ink, _ svg: inout SVG) {
    let width = Helvetica.width(text)
    guard box.isHorizontal else {
      let x = frame.x((box.u.lowerBound + box.u.upperBound) / 2)
      return svg.label(text, x: x, y: frame.y(box.v.upperBound) - 4, anchor: .middle)
    }
    let end = frame.x(box.u.upperBound)
    let y = frame.y((box.v.lowerBound + box.v.upperBound) / 2) + 3.8
    if end + 5 + width <= frame.right + 8 {
      svg.label(text, x: end + 5, y: y)
    } else {
      svg.label(text, x: end - 5, y: y, color: ink.color.luminance < 0.4 ? .white : .text, anchor: .end)
    }
  }

  private func labels(_ labels: [Label], _ ink: Ink, _ svg: inout SVG) {
    for label in labels {
      let x = frame.x(label.x) + label.dx
      let y = frame.y(label.y) + label.dy
      let anchor: SVG.Anchor =
        switch label.anchor {
        case .start: .start
        case .middle: .middle
        case .end: .end
        }
      svg.haloed(label.text, x: x, y: y, color: ink.color, anchor: anchor)
    }
  }

  private func rail(_ rail: Rail, _ ink: Ink, _ svg: inout SVG) {
    let x = frame.x(rail.x)
    svg.segment(x1: x, y1: frame.top, x2: x, y2: frame.bottom, color: .axis)
    for tick in rail.ticks {
      let y = frame.y(tick.y)
      svg.segment(x1: x - 4, y1: y, x2: x, y2: y, color: .axis)
      svg.haloed(tick.text, x: x - 6, y: y + 3.8, color: .text, anchor: .end)
    }
    svg.label(rail.name, x: x, y: frame.top - 10, anchor: .middle, isBold: true)
  }
}

extension SVG {
  /// Text that stays legible over lines: a white rim under it.
  mutating func haloed(_ words: String, x: Double, y: Double, color: Color, anchor: Anchor) {
    guard !words.isEmpty else { return }
    for isRim in [true, false] {
      raw("<text")
      attribute("x", x)
      attribute("y", y)
      if anchor != .start { raw(" text-anchor=\"\(anchor.rawValue)\"") }
      raw(isRim ? " fill=\"#ffffff\" stroke=\"#ffffff\" stroke-width=\"3\">" : " fill=\"\(color.hex)\">")
      text(words)
      raw("</text>\n")
    }
  }
}
