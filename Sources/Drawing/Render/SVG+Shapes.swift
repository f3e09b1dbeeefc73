extension SVG {
  mutating func label(
    _ words: String, x: Double, y: Double, size: Double = 11, color: Color = .text, anchor: Anchor = .start,
    isBold: Bool = false, turned: Double = 0
  ) {
    guard !words.isEmpty else { return }
    raw("<text")
    attribute("x", x)
    attribute("y", y)
    if size != 11 { attribute("font-size", size) }
    if isBold { raw(" font-weight=\"bold\"") }
    if anchor != .start { raw(" text-anchor=\"\(anchor.rawValue)\"") }
    raw(" fill=\"\(color.hex)\"")
    if turned != 0 {
      raw(" transform=\"rotate(")
      number(turned)
      raw(" ")
      number(x)
      raw(" ")
      number(y)
      raw(")\"")
    }
    raw(">")
    text(Shortening.bounded(words, to: 400))
    raw("</text>\n")
  }

  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, fill: Color, opacity: Double = 1, stroke: Color? = nil
  ) {
    raw("<rect")
    attribute("x", x)
    attribute("y", y)
    attribute("width", max(0, width))
    attribute("height", max(0, height))
    raw(" fill=\"\(fill.hex)\"")
    if opacity < 1 { raw(" fill-opacity=\"\(Number.significant(opacity, digits: 2))\"") }
    if let stroke { raw(" stroke=\"\(stroke.hex)\"") }
    raw("/>\n")
  }

  mutating func segment(
    x1: Double, y1: Double, x2: Double, y2: Double, color: Color, width: Double = 1, dash: Ink.Dash = .solid
  ) {
    raw("<path d=\"M")
    pair(x1, y1)
    raw("L")
    pair(x2, y2)
    raw("\"")
    stroke(color, width: width, dash: dash, opacity: 1)
    raw("/>\n")
  }

  mutating func pair(_ x: Double, _ y: Double) {
    number(x)
    raw(" ")
    number(y)
  }

  mutating func stroke(_ color: Color, width: Double, dash: Ink.Dash, opacity: Double) {
    raw(" stroke=\"\(color.hex)\"")
    if width != 1 { attribute("stroke-width", width) }
    if dash != .solid { raw(" stroke-dasharray=\"\(dash.rawValue)\"") }
    if opacity < 1 { raw(" stroke-opacity=\"\(Number.significant(opacity, digits: 2))\"") }
  }
}
