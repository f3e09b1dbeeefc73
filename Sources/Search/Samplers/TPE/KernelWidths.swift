/// The widths of a parameter's kernels by the gaps between neighbours, without sorting.
///
/// The range is cut into cells half as wide as the smallest width: a gap inside a cell does not count, so only the first and the last
/// observation of each cell have neighbours to look for.
struct KernelWidths {
  /// The outermost observations of a cell, as indices: the earlier of equal ones is the lower.
  private struct Cell {
    var (first, last) = (-1, -1)
    var isEmpty: Bool { first < 0 }
  }

  /// The larger gap to a neighbour, at least range / min(100, n + 2); one for each mean, and the range itself for the prior.
  ///
  /// The ends of the range count as neighbours unless there are two observations. O(n + cells).
  static func of(_ means: [Double], low: Double, high: Double) -> [Double] {
    let count = means.count
    guard high > low else { return [Double](repeating: 0, count: count + 1) }
    let parts = min(100, count + 2)
    let smallest = (high - low) / Double(parts)
    var widths = [Double](repeating: smallest, count: count + 1)
    widths[count] = high - low
    var left = count >= 2 ? nil : low
    let cells = cells(means, low: low, high: high, count: 2 * parts).filter { !$0.isEmpty }
    for place in cells.indices {
      let cell = cells[place]
      let right =
        place + 1 < cells.count ? means[cells[place + 1].first] : (count >= 2 ? nil : high)
      let toLeft = left.map { means[cell.first] - $0 } ?? 0
      let toRight = right.map { $0 - means[cell.last] } ?? 0
      if cell.first == cell.last {
        widths[cell.first] = min(max(toLeft, toRight, smallest), high - low)
      } else {
        widths[cell.first] = min(max(toLeft, smallest), high - low)
        widths[cell.last] = min(max(toRight, smallest), high - low)
      }
      left = means[cell.last]
    }
    return widths
  }

  private static func cells(_ means: [Double], low: Double, high: Double, count: Int) -> [Cell] {
    var cells = [Cell](repeating: Cell(), count: count)
    // Of a range near the smallest of doubles everything is in one cell.
    let perCell = Double(count) / (high - low)
    let scale = perCell.isFinite ? perCell : 0
    let last = Double(count - 1)
    for index in means.indices {
      let mean = means[index]
      let place = Int(min(max((mean - low) * scale, 0), last))
      if cells[place].isEmpty {
        cells[place] = Cell(first: index, last: index)
      } else {
        if mean < means[cells[place].first] { cells[place].first = index }
        if mean >= means[cells[place].last] { cells[place].last = index }
      }
    }
    return cells
  }
}
