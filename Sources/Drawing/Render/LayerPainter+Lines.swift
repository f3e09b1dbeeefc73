extension LayerPainter {
  func line(_ u: [Double], _ v: [Double], _ ink: Ink, _ svg: inout SVG) {
    svg.raw("<path d=\"")
    trace(u, v, &svg)
    svg.raw("\"")
    svg.stroke(ink.color, width: ink.width, dash: ink.dash, opacity: ink.opacity)
    svg.raw("/>\n")
    let places = u.indices.filter { u[$0].isFinite && v[$0].isFinite }
    guard ink.mark != nil, places.count > 1 else { return }
    // A line of many points carries about ten marks, to be told apart in print.
    let every = places.count <= 20 ? 1 : (places.count + 9) / 10
    let marked = places.enumerated().filter { $0.offset % every == 0 }.map(\.element).filter { isInside(u[$0], v[$0]) }
    points(marked.map { u[$0] }, marked.map { v[$0] }, nil, ink, &svg)
  }

  /// Each strand in the colour of its value; neighbours of one colour share a path.
  func strands(_ u: [Double], _ lines: [[Double]], _ shares: [Double], _ ink: Ink, _ svg: inout SVG) {
    let steps = 24.0
    var index = 0
    while index < lines.count {
      let step = shares[index].isFinite ? (shares[index] * steps).rounded() : .nan
      svg.raw("<path d=\"")
      repeat {
        trace(u, lines[index], &svg)
        index += 1
      } while index < lines.count && shares[index].isFinite && (shares[index] * steps).rounded() == step
      svg.raw("\"")
      svg.stroke(
        scale?.color(at: step / steps) ?? ink.color, width: ink.width, dash: ink.dash, opacity: ink.opacity)
      svg.raw("/>\n")
    }
  }

  /// A path's data: cut at gaps and at the frame; a point between two gaps becomes a short dash.
  private func trace(_ u: [Double], _ v: [Double], _ svg: inout SVG) {
    var hasPen = false
    for index in u.indices {
      guard u[index].isFinite, v[index].isFinite else {
        hasPen = false
        continue
      }
      let hasNext = index + 1 < u.count && u[index + 1].isFinite && v[index + 1].isFinite
      let hasPrevious = index > 0 && u[index - 1].isFinite && v[index - 1].isFinite
      if !hasNext, !hasPrevious, isInside(u[index], v[index]) {
        svg.raw("M")
        svg.pair(frame.x(u[index]) - 1, frame.y(v[index]))
        svg.raw("h2")
      }
      guard hasNext else {
        hasPen = false
        continue
      }
      guard let part = clipped(u[index], v[index], u[index + 1], v[index + 1]) else {
        hasPen = false
        continue
      }
      if !hasPen || part.start > 0 {
        svg.raw("M")
        svg.pair(frame.x(part.u0), frame.y(part.v0))
      }
      svg.raw("L")
      svg.pair(frame.x(part.u1), frame.y(part.v1))
      hasPen = part.end >= 1
    }
  }

  func isInside(_ u: Double, _ v: Double) -> Bool {
    u >= -1e-9 && u <= 1 + 1e-9 && v >= -1e-9 && v <= 1 + 1e-9
  }

  private struct Part {
    var u0: Double
    var v0: Double
    var u1: Double
    var v1: Double
    var start: Double
    var end: Double
  }

  /// The part of a segment within the frame (Liang and Barsky, 1984), nil if there is none.
  private func clipped(_ u0: Double, _ v0: Double, _ u1: Double, _ v1: Double) -> Part? {
    if isInside(u0, v0), isInside(u1, v1) { return Part(u0: u0, v0: v0, u1: u1, v1: v1, start: 0, end: 1) }
    var start = 0.0
    var end = 1.0
    for (change, room) in [(u0 - u1, u0), (u1 - u0, 1 - u0), (v0 - v1, v0), (v1 - v0, 1 - v0)] {
      if change == 0 {
        if room < 0 { return nil }
      } else if change < 0 {
        start = max(start, room / change)
      } else {
        end = min(end, room / change)
      }
    }
    guard start < end else { return nil }
    return Part(
      u0: u0 + start * (u1 - u0), v0: v0 + start * (v1 - v0), u1: u0 + end * (u1 - u0), v1: v0 + end * (v1 - v0),
      start: start, end: end)
  }
}
