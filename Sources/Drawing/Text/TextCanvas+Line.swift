extension TextCanvas {
  /// A straight line between two dots (Bresenham, 1965), with every so many dots left out by its dash. `phase` counts on from
  /// segment to segment.
  mutating func line(from start: (x: Int, y: Int), to end: (x: Int, y: Int), dash: Ink.Dash, phase: inout Int) {
    var (x, y) = start
    let (width, height) = (abs(end.x - x), -abs(end.y - y))
    let (stepX, stepY) = (end.x > x ? 1 : -1, end.y > y ? 1 : -1)
    var error = width + height
    while true {
      if Self.isInked(dash, phase) { dot(x, y) }
      if x == end.x, y == end.y { return }
      phase += 1
      let twice = 2 * error
      if twice >= height {
        error += height
        x += stepX
      }
      if twice <= width {
        error += width
        y += stepY
      }
    }
  }

  private static func isInked(_ dash: Ink.Dash, _ phase: Int) -> Bool {
    switch dash {
    case .solid: true
    case .dashed: phase % 6 < 4
    case .dotted: phase % 3 == 0
    case .dashDotted: [0, 1, 2, 3, 5].contains(phase % 7)
    case .long: phase % 10 < 8
    }
  }
}
