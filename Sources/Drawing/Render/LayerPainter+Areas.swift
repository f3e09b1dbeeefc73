extension LayerPainter {
  /// Rectangles of one colour share a path, and neighbours in a row a rectangle.
  func cells(_ cells: Scene.Cells, _ svg: inout SVG) {
    let steps = 32
    var runs: [Int: [(row: Int, start: Int, end: Int)]] = [:]
    for (row, shares) in cells.shares.enumerated() {
      let levels = shares.map { $0.isFinite ? min(Int($0 * Double(steps)), steps - 1) : -1 }
      var start = 0
      for column in 1...levels.count where column == levels.count || levels[column] != levels[start] {
        if levels[start] >= 0 { runs[levels[start], default: []].append((row, start, column)) }
        start = column
      }
    }
    for (level, group) in runs.sorted(by: { $0.key < $1.key }) {
      svg.raw("<path d=\"")
      for run in group {
        svg.raw("M")
        svg.pair(frame.x(cells.u[run.start]), frame.y(cells.v[run.row]))
        svg.raw("H")
        svg.number(frame.x(cells.u[run.end]))
        svg.raw("V")
        svg.number(frame.y(cells.v[run.row + 1]))
        svg.raw("H")
        svg.number(frame.x(cells.u[run.start]))
        svg.raw("Z")
      }
      let color = scale?.color(at: (Double(level) + 0.5) / Double(steps)) ?? .pale
      // A hairline of the same colour closes the seams between neighbours.
      svg.raw("\" fill=\"\(color.hex)\" stroke=\"\(color.hex)\" stroke-width=\"0.4\"/>\n")
    }
    words(cells, &svg)
  }

  private func words(_ cells: Scene.Cells, _ svg: inout SVG) {
    guard let labels = cells.labels else { return }
    let width = abs(frame.x(cells.u[1]) - frame.x(cells.u[0]))
    let height = abs(frame.y(cells.v[1]) - frame.y(cells.v[0]))
    let widest = labels.joined().map { Helvetica.width($0) }.max() ?? 0
    let size = [11.0, 10, 9, 8].first { widest * $0 / 11 + 3 <= width && $0 + 2 <= height }
    guard let size else { return }
    for (row, texts) in labels.enumerated() where row < cells.shares.count {
      for (column, text) in texts.enumerated() where column < cells.shares[row].count {
        let color = scale?.color(at: cells.shares[row][column]) ?? .pale
        svg.label(
          text, x: frame.x((cells.u[column] + cells.u[column + 1]) / 2),
          y: frame.y((cells.v[row] + cells.v[row + 1]) / 2) + size * 0.35, size: size,
          color: text == "0" ? .grey : (color.luminance < 0.4 ? .white : .text), anchor: .middle)
      }
    }
  }

  /// Filled levels, each over the ones below it, parted by a fine light line.
  func levels(_ levels: Scene.Levels, _ ink: Ink, _ svg: inout SVG) {
    for (outlines, share) in zip(levels.outlines, levels.shares) where !outlines.isEmpty {
      svg.raw("<path d=\"")
      for outline in outlines {
        for index in outline.u.indices {
          svg.raw(index == 0 ? "M" : "L")
          svg.pair(frame.x(min(max(outline.u[index], 0), 1)), frame.y(min(max(outline.v[index], 0), 1)))
        }
        svg.raw("Z")
      }
      let color = levels.isRegion ? ink.color.mixed(with: .white, 0.72) : scale?.color(at: share) ?? .pale
      svg.raw("\" fill=\"\(color.hex)\" fill-rule=\"evenodd\"")
      let line = levels.isRegion ? ink.color : color.mixed(with: .white, 0.35)
      svg.stroke(line, width: 0.5, dash: .solid, opacity: 1)
      svg.raw("/>\n")
    }
  }
}
