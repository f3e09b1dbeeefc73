extension LayerPainter {
  /// Marks; those outside the frame become small triangles at its edge that point to where they are.
  func points(_ u: [Double], _ v: [Double], _ shares: [Double]?, _ ink: Ink, _ svg: inout SVG) {
    let inside = u.indices.filter { isInside(u[$0], v[$0]) }
    if inside.count < u.count { strays(u.indices.filter { !isInside(u[$0], v[$0]) }, u, v, ink, &svg) }
    guard let shares else { return marks(inside, u, v, ink, ink.color, &svg) }
    let steps = 16.0
    var groups: [Int: [Int]] = [:]
    for index in inside { groups[shares[index].isFinite ? Int(shares[index] * steps) : -1, default: []].append(index) }
    for (step, group) in groups.sorted(by: { $0.key < $1.key }) {
      let share = step < 0 ? .nan : min((Double(step) + 0.5) / steps, 1)
      marks(group, u, v, ink, scale?.color(at: share) ?? ink.color, &svg)
    }
  }

  private func marks(
    _ indices: [Int], _ u: [Double], _ v: [Double], _ ink: Ink, _ color: Color, _ svg: inout SVG
  ) {
    guard !indices.isEmpty else { return }
    let mark = ink.mark ?? .circle
    if isDense { return dots(indices, u, v, mark, color, ink.opacity, &svg) }
    let isOpen = mark == .cross || mark == .plus
    svg.raw("<path d=\"")
    for index in indices {
      svg.raw("M")
      MarkShape.append(mark, x: frame.x(u[index]), y: frame.y(v[index]), &svg)
    }
    svg.raw("\"")
    if mark == .dot {
      svg.raw(" stroke-linecap=\"round\"")
      svg.stroke(color, width: 4, dash: .solid, opacity: ink.opacity)
    } else if isOpen {
      svg.stroke(color, width: 1.6, dash: .solid, opacity: ink.opacity)
    } else if ink.isFilled {
      svg.raw(" fill=\"\(color.hex)\"")
      if ink.opacity < 1 { svg.raw(" fill-opacity=\"\(Number.significant(ink.opacity, digits: 2))\"") }
      svg.stroke(.white, width: 0.7, dash: .solid, opacity: 1)
    } else {
      svg.raw(" fill=\"#ffffff\"")
      svg.stroke(color, width: 1.4, dash: .solid, opacity: ink.opacity)
    }
    svg.raw("/>\n")
  }

  /// Marks as short as path data can say them: round or square line ends, small crosses.
  private func dots(
    _ indices: [Int], _ u: [Double], _ v: [Double], _ mark: Ink.Mark, _ color: Color, _ opacity: Double,
    _ svg: inout SVG
  ) {
    let isOpen = mark == .cross || mark == .plus
    svg.raw("<path d=\"")
    for index in indices {
      let (x, y) = (frame.x(u[index]), frame.y(v[index]))
      svg.raw("M")
      switch mark {
      case .cross:
        svg.pair(x - 1.5, y - 1.5)
        svg.raw("l3 3m0-3l-3 3")
      case .plus:
        svg.pair(x - 2, y)
        svg.raw("h4m-2-2v4")
      default:
        svg.pair(x, y)
        svg.raw("h0")
      }
    }
    svg.raw("\"")
    if !isOpen {
      svg.raw(mark == .square || mark == .diamond ? " stroke-linecap=\"square\"" : " stroke-linecap=\"round\"")
    }
    svg.stroke(color, width: isOpen ? 1 : 3.2, dash: .solid, opacity: opacity)
    svg.raw("/>\n")
  }

  private func strays(_ indices: [Int], _ u: [Double], _ v: [Double], _ ink: Ink, _ svg: inout SVG) {
    svg.raw("<path d=\"")
    for index in indices {
      let x = frame.x(min(max(u[index], 0), 1))
      let y = frame.y(min(max(v[index], 0), 1))
      svg.raw("M")
      svg.pair(x, y)
      if v[index] > 1 {
        svg.raw("l3.5 7h-7z")
      } else if v[index] < 0 {
        svg.raw("l3.5-7h-7z")
      } else if u[index] > 1 {
        svg.raw("l-7-3.5v7z")
      } else {
        svg.raw("l7-3.5v7z")
      }
    }
    svg.raw("\" fill=\"#ffffff\"")
    svg.stroke(ink.color, width: 1, dash: .solid, opacity: 1)
    svg.raw("/>\n")
  }
}

/// Marks as path data, relative to their middle.
enum MarkShape {
  static func append(_ mark: Ink.Mark, x: Double, y: Double, _ svg: inout SVG) {
    switch mark {
    case .circle:
      svg.pair(x - 3.4, y)
      svg.raw("a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0-6.8 0")
    case .cross:
      svg.pair(x - 3, y - 3)
      svg.raw("l6 6m0-6l-6 6")
    case .square:
      svg.pair(x - 3, y - 3)
      svg.raw("h6v6h-6z")
    case .triangle:
      svg.pair(x, y - 4)
      svg.raw("l4 7h-8z")
    case .diamond:
      svg.pair(x, y - 4.4)
      svg.raw("l4.4 4.4l-4.4 4.4l-4.4-4.4z")
    case .plus:
      svg.pair(x - 4, y)
      svg.raw("h8m-4-4v8")
    case .star:
      svg.pair(x, y - 7)
      svg.raw("l1.7 4.7l5 .2l-3.9 3.1l1.3 4.8l-4.1-2.8l-4.1 2.8l1.3-4.8l-3.9-3.1l5-.2z")
    case .dot:
      svg.pair(x, y)
      svg.raw("h0")
    }
  }
}
