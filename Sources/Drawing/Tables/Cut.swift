/// Which rows of a long table are shown: the first, the last and the marked one, with a count where rows are left out.
enum Cut {
  enum Line: Equatable {
    case row(Int)
    case gap(Int)
  }

  /// At most `limit` rows of `count`, the marked one among them; O(limit).
  static func lines(count: Int, limit: Int, marked: Int?) -> [Line] {
    guard count > limit else { return (0..<count).map(Line.row) }
    let head = max(1, (limit + 1) / 2)
    let tail = max(0, limit - head)
    var shown = Array(0..<head) + Array((count - tail)..<count)
    if let marked, marked >= head, marked < count - tail { shown.insert(marked, at: head) }
    var lines: [Line] = []
    var next = 0
    for row in shown {
      if row > next { lines.append(.gap(row - next)) }
      lines.append(.row(row))
      next = row + 1
    }
    if next < count { lines.append(.gap(count - next)) }
    return lines
  }

  static func words(_ count: Int) -> String { count == 1 ? "1 more row" : "\(Number.count(count)) more rows" }
}
