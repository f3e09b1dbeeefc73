import COpenBLAS

/// Products in double precision, row-major.
package enum DoubleBLAS {
  /// y = A·x for A of rows x columns.
  package static func multiply(_ a: [Double], rows: Int, columns: Int, _ x: [Double]) -> [Double] {
    BLAS.prepare()
    var y = [Double](repeating: 0, count: rows)
    if rows == 0 || columns == 0 { return y }
    cblas_dgemv(CblasRowMajor, CblasNoTrans, Int32(rows), Int32(columns), 1, a, Int32(columns), x, 1, 0, &y, 1)
    return y
  }

  /// y = Aᵀ·x for A of rows x columns.
  package static func transposedMultiply(_ a: [Double], rows: Int, columns: Int, _ x: [Double]) -> [Double] {
    BLAS.prepare()
    var y = [Double](repeating: 0, count: columns)
    if rows == 0 || columns == 0 { return y }
    cblas_dgemv(CblasRowMajor, CblasTrans, Int32(rows), Int32(columns), 1, a, Int32(columns), x, 1, 0, &y, 1)
    return y
  }
}
