/// Configurations by axis, so that one's distances to the others are loops over columns.
///
/// The columns stay in the processor's cache, where a table of all pairs' distances would not: working them out anew is faster than
/// reading them.
struct AxisColumns: Sendable {
  let count: Int
  private let columns: [[Double]]
  private let categorical: [Bool]

  init(_ vectors: ArraySlice<[Double]>, categorical: [Bool]) {
    count = vectors.count
    columns = categorical.indices.map { axis in vectors.map { $0[axis] } }
    self.categorical = categorical
  }

  /// r² = Σ w_j Δ_j² between `point` and the first `count` configurations, into the first places of `row`.
  func squaredDistances(_ relevance: [Double], from point: [Double], count: Int, into row: inout [Double]) {
    precondition(count <= self.count && count <= row.count, "as many as there are")
    for place in 0..<count { row[place] = 0 }
    for axis in columns.indices {
      if categorical[axis] {
        Self.addUnequal(columns[axis], point[axis], relevance[axis], count, &row)
      } else {
        Self.addSquares(columns[axis], point[axis], relevance[axis], count, &row)
      }
    }
  }

  /// Δ_j² between `coordinate` and the first `count` configurations along one axis.
  func squaredDifferences(axis: Int, from coordinate: Double, count: Int, into row: inout [Double]) {
    precondition(count <= self.count && count <= row.count, "as many as there are")
    for place in 0..<count { row[place] = 0 }
    if categorical[axis] {
      Self.addUnequal(columns[axis], coordinate, 1, count, &row)
    } else {
      Self.addSquares(columns[axis], coordinate, 1, count, &row)
    }
  }

  private static func addSquares(
    _ column: [Double], _ at: Double, _ weight: Double, _ count: Int, _ row: inout [Double]
  ) {
    let column = column.span
    var row = row.mutableSpan
    precondition(count <= column.count && count <= row.count)
    for place in 0..<count {
      let difference = column[place] - at
      row[place] += weight * difference * difference
    }
  }

  private static func addUnequal(
    _ column: [Double], _ at: Double, _ weight: Double, _ count: Int, _ row: inout [Double]
  ) {
    let column = column.span
    var row = row.mutableSpan
    precondition(count <= column.count && count <= row.count)
    for place in 0..<count { row[place] += column[place] == at ? 0 : weight }
  }
}
