#if canImport(Glibc)
  import Glibc
#endif
import COpenBLAS

/// The factor L of a symmetric positive definite matrix A = L·Lᵀ, in double precision.
package struct Cholesky: Sendable {
  package let size: Int
  /// Row-major, size x size; above the diagonal it has no meaning.
  package private(set) var lower: [Double]

  /// O(n³/3). nil where the matrix (row-major, its lower part is read) is not positive definite.
  package init?(_ matrix: [Double], size: Int) {
    BLAS.prepare()
    precondition(matrix.count == size * size, "a matrix of size x size")
    self.size = size
    lower = matrix
    var n = Int32(size)
    var info: Int32 = 0
    // LAPACK reads columns: its upper triangle is our lower one.
    var uplo = CChar(UInt8(ascii: "U"))
    lower.withUnsafeMutableBufferPointer { dpotrf_(&uplo, &n, $0.baseAddress!, &n, &info) }
    guard info == 0, (0..<size).allSatisfy({ lower[$0 * (size + 1)].isFinite }) else { return nil }
  }

  package var logDeterminant: Double {
    var sum = 0.0
    for i in 0..<size { sum += log(lower[i * size + i]) }
    return 2 * sum
  }

  /// x with A·x = b. O(n²).
  package func solve(_ b: [Double]) -> [Double] {
    var x = b
    let n = Int32(size)
    cblas_dtrsv(CblasRowMajor, CblasLower, CblasNoTrans, CblasNonUnit, n, lower, n, &x, 1)
    cblas_dtrsv(CblasRowMajor, CblasLower, CblasTrans, CblasNonUnit, n, lower, n, &x, 1)
    return x
  }

  /// L⁻¹·B for B of size x columns, row-major. O(n²·columns).
  package func solveLower(_ b: inout [Double], columns: Int) {
    cblas_dtrsm(
      CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, Int32(size), Int32(columns), 1, lower,
      Int32(size), &b, Int32(columns))
  }

  /// The lower part of A⁻¹, row-major; above the diagonal it has no meaning. O(2n³/3).
  package func inverse() -> [Double] {
    var inverse = lower
    var n = Int32(size)
    var info: Int32 = 0
    var uplo = CChar(UInt8(ascii: "U"))
    inverse.withUnsafeMutableBufferPointer { dpotri_(&uplo, &n, $0.baseAddress!, &n, &info) }
    return inverse
  }
}
