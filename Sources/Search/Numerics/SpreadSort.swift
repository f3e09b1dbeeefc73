/// Sorts numbers that are spread over a known range: each goes to its cell of the range, then the few in a cell are put in order.
package enum SpreadSort {
  /// The indices of `values` in ascending order, equal values in order of their indices.
  ///
  /// O(n) where the values are spread, O(n log n) where they crowd. Values outside the range go to the outer cells.
  package static func order(_ values: [Double], low: Double, high: Double) -> [Int] {
    let count = values.count
    guard count > 1, high > low else { return Array(values.indices) }
    let scale = Double(count) / (high - low)
    let cells = values.map { Int(min(max(($0 - low) * scale, 0), Double(count - 1))) }
    var ends = [Int](repeating: 0, count: count)
    for cell in cells { ends[cell] += 1 }
    var sum = 0
    for cell in ends.indices {
      sum += ends[cell]
      ends[cell] = sum - ends[cell]
    }
    var order = [Int](repeating: 0, count: count)
    for index in values.indices {
      order[ends[cells[index]]] = index
      ends[cells[index]] += 1
    }
    var start = 0
    for end in ends where end > start {
      sort(&order, start, end, values)
      start = end
    }
    return order
  }

  private static func sort(_ order: inout [Int], _ start: Int, _ end: Int, _ values: [Double]) {
    if end - start > 24 {
      order[start..<end].sort { values[$0] != values[$1] ? values[$0] < values[$1] : $0 < $1 }
      return
    }
    for place in (start + 1)..<max(end, start + 1) {
      let index = order[place]
      var hole = place
      while hole > start, values[order[hole - 1]] > values[index] {
        order[hole] = order[hole - 1]
        hole -= 1
      }
      order[hole] = index
    }
  }
}
