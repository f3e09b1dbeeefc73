/// Rows of a batch laid out for products with transposed weights: panels of 32 rows, each panel column by column.
///
/// The number of row r and column j lies at `((r / 32) * columns + j) * 32 + r % 32`. Laying out costs a row's length, the
/// product a row's length times the neurons: copying these rows instead of the weights is what makes small batches fast.
package enum RowPanels {
  private static let lanes = 32

  /// Whether a product of so many rows is worth it: for fewer, BLAS reads the weights faster.
  package static func suit(rows: Int) -> Bool { MatrixProduct.usesStrips && rows >= 8 }

  /// Numbers that panels of `rows` rows take.
  package static func count(rows: Int, columns: Int) -> Int { (rows + lanes - 1) / lanes * lanes * columns }

  /// Lays out some columns of some rows. `source` points to the first row's first of these columns.
  ///
  /// - Parameters:
  ///   - rows: places in the batch; the first is a multiple of 16.
  ///   - columns: places within rows of `width` numbers.
  package static func fill(
    _ panels: UnsafeMutablePointer<Float>, rows: Range<Int>, columns: Range<Int>, of width: Int,
    from source: UnsafePointer<Float>, stride: Int
  ) {
    eachPart(rows) { part in
      Transposition.copy(
        source + (part.lowerBound - rows.lowerBound) * stride, stride: stride, rows: part.count, columns: columns.count,
        to: panels + place(part.lowerBound, width) + columns.lowerBound * lanes, stride: lanes)
    }
  }

  /// c = x wᵀ for the rows laid out: w: n x k, c: rows x n, both row-major; c points to the first row's first number.
  /// `rows` as for `fill`. O(rows n k).
  package static func multiplyTransposed(
    _ panels: UnsafePointer<Float>, rows: Range<Int>, _ w: UnsafePointer<Float>, stride wStride: Int,
    into c: UnsafeMutablePointer<Float>, stride cStride: Int, n: Int, k: Int
  ) {
    // So many neurons at a time that their weights stay near while the panels pass.
    let group = 48
    withUnsafeTemporaryAllocation(of: Float.self, capacity: group * lanes) { memory in
      let sums = memory.baseAddress!
      for first in Swift.stride(from: 0, to: n, by: group) {
        let neurons = min(group, n - first)
        eachPart(rows) { part in
          let product = MatrixOperands(
            a: w + first * wStride, aRow: wStride, aStep: 1, b: panels + place(part.lowerBound, k), bRow: lanes,
            c: sums,
            cRow: lanes, steps: k)
          product.multiply(rows: neurons, wide: part.count > 16, adds: false)
          Transposition.copy(
            sums, stride: lanes, rows: neurons, columns: part.count,
            to: c + (part.lowerBound - rows.lowerBound) * cStride + first, stride: cStride)
        }
      }
    }
  }

  private static func place(_ row: Int, _ width: Int) -> Int { row / lanes * lanes * width + row % lanes }

  /// The rows panel by panel.
  @inline(__always)
  private static func eachPart(_ rows: Range<Int>, _ body: (Range<Int>) -> Void) {
    var start = rows.lowerBound
    while start < rows.upperBound {
      let end = min(rows.upperBound, (start / lanes + 1) * lanes)
      body(start..<end)
      start = end
    }
  }
}
