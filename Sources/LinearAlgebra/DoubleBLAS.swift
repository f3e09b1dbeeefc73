import COpenBLAS

/// Products in double precision, row-major.
package enum DoubleBLAS {
  /// y = Aᵀ·x for A of rows x columns.
  package static func transposedMultiply(_ a: [Double], rows: Int, columns: Int, _ x: [Double]) -> [Double] {
    BLAS.prepare()
    var y = [Double](repeating: 0, count: columns)
    if rows == 0 || columns == 0 { return y }
    guard BLASMemory.isAvailable else {
      for i in 0..<rows {
        for j in 0..<columns { y[j] += a[i * columns + j] * x[i] }
      }
      return y
    }
    BLASMemory.taking {
      cblas_dgemv(CblasRowMajor, CblasTrans, Int32(rows), Int32(columns), 1, a, Int32(columns), x, 1, 0, &y, 1)
    }
    return y
  }

  /// Σ a_i·b_i of the first `count`.
  package static func dot(_ a: [Double], _ b: [Double], count: Int) -> Double {
    precondition(count <= a.count && count <= b.count, "vectors of at least that length")
    return cblas_ddot(Int32(count), a, 1, b, 1)
  }
}
