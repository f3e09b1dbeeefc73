#if canImport(Glibc)
  import Glibc
#endif
import COpenBLAS

/// The factor L of a symmetric positive definite matrix A = L·Lᵀ, and its inverse, in double precision.
///
/// Both are worked out together, halves first: with the upper half's L⁻¹ at hand every other step is a matrix product, which runs near
/// the processor's peak where LAPACK's own inversion of a triangle does not; and products with L⁻¹ take half as long as solving with L.
package struct Cholesky: Sendable {
  package let size: Int
  /// L and L⁻¹, row-major, size x size; above the diagonal they have no meaning.
  package private(set) var lower: [Double]
  private var inverseLower: [Double]

  /// Room for matrices of a size, to be used for one after another.
  package init(size: Int) {
    self.size = size
    lower = [Double](repeating: 0, count: size * size)
    inverseLower = lower
  }

  /// Factors the matrix that `write` puts row-major into the room; its lower part is read. O(2n³/3).
  ///
  /// False where it is not positive definite, or where `BLASMemory` has no room for products.
  package mutating func factor(_ write: (inout [Double]) -> Void) -> Bool {
    BLAS.prepare()
    if size == 0 { return true }
    guard BLASMemory.isAvailable else { return false }
    write(&lower)
    precondition(lower.count == size * size, "a matrix of size x size")
    let isPositive = lower.withUnsafeMutableBufferPointer { lower in
      inverseLower.withUnsafeMutableBufferPointer { inverse in
        BLASMemory.taking { Self.factor(lower.baseAddress!, inverse.baseAddress!, size: size, stride: size) }
      }
    }
    return isPositive && (0..<size).allSatisfy { lower[$0 * (size + 1)].isFinite }
  }

  package var logDeterminant: Double {
    var sum = 0.0
    for i in 0..<size { sum += log(lower[i * size + i]) }
    return 2 * sum
  }

  /// L⁻¹·b. O(n²/2).
  package func solveLower(_ b: [Double]) -> [Double] {
    var x = b
    BLASMemory.taking {
      cblas_dtrmv(CblasRowMajor, CblasLower, CblasNoTrans, CblasNonUnit, Int32(size), inverseLower, Int32(size), &x, 1)
    }
    return x
  }

  /// L⁻ᵀ·b. O(n²/2).
  package func solveUpper(_ b: [Double]) -> [Double] {
    var x = b
    BLASMemory.taking {
      cblas_dtrmv(CblasRowMajor, CblasLower, CblasTrans, CblasNonUnit, Int32(size), inverseLower, Int32(size), &x, 1)
    }
    return x
  }

  /// x with A·x = b. O(n²).
  package func solve(_ b: [Double]) -> [Double] { solveUpper(solveLower(b)) }

  /// L⁻¹·B for B of size x columns, row-major. O(n²·columns).
  package func solveLower(_ b: inout [Double], columns: Int) {
    precondition(b.count >= size * columns, "a matrix of size x columns")
    BLASMemory.taking {
      cblas_dtrmm(
        CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, Int32(size), Int32(columns), 1, inverseLower,
        Int32(size), &b, Int32(columns))
    }
  }

  /// Writes the lower part of A⁻¹ = L⁻ᵀ·L⁻¹, row-major, to `inverse`; above the diagonal it has no meaning. O(n³/3).
  package func invert(into inverse: inout [Double]) {
    precondition(inverse.count == size * size, "a matrix of size x size")
    if size == 0 { return }
    inverse.withUnsafeMutableBufferPointer { inverse in
      for i in 0..<size {
        inverseLower.withUnsafeBufferPointer {
          (inverse.baseAddress! + i * size).update(from: $0.baseAddress! + i * size, count: i + 1)
        }
      }
      BLASMemory.taking { Self.square(inverse.baseAddress!, size: size, stride: size) }
    }
  }

  /// Up to this size loops over single rows cost less than the calls of products.
  private static let small = 32

  /// The rows of the upper half: a multiple of the processor's vectors.
  private static func half(_ size: Int) -> Int { (size / 2 + 7) / 8 * 8 }

  /// Overwrites the lower part of `a` by L and writes L⁻¹ to `inverse`; false where a pivot is not positive.
  private static func factor(
    _ a: UnsafeMutablePointer<Double>, _ inverse: UnsafeMutablePointer<Double>, size: Int, stride: Int
  ) -> Bool {
    if size <= small { return factorSmall(a, inverse, size: size, stride: stride) }
    let upper = half(size)
    let rest = size - upper
    let (below, belowInverse) = (a + upper * stride, inverse + upper * stride)
    let (corner, cornerInverse) = (below + upper, belowInverse + upper)
    let (n, m, row) = (Int32(upper), Int32(rest), Int32(stride))
    guard factor(a, inverse, size: upper, stride: stride) else { return false }
    // L₂₁ = A₂₁·L₁₁⁻ᵀ; A₂₂ - L₂₁·L₂₁ᵀ is factored next.
    cblas_dtrmm(
      CblasRowMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, m, n, 1, inverse, row, below, row)
    cblas_dsyrk(CblasRowMajor, CblasLower, CblasNoTrans, m, n, -1, below, row, 1, corner, row)
    guard factor(corner, cornerInverse, size: rest, stride: stride) else { return false }
    // (L⁻¹)₂₁ = -L₂₂⁻¹·L₂₁·L₁₁⁻¹.
    for i in 0..<rest { (belowInverse + i * stride).update(from: below + i * stride, count: upper) }
    cblas_dtrmm(
      CblasRowMajor, CblasRight, CblasLower, CblasNoTrans, CblasNonUnit, m, n, -1, inverse, row, belowInverse, row)
    cblas_dtrmm(
      CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, m, n, 1, cornerInverse, row, belowInverse, row)
    return true
  }

  private static func factorSmall(
    _ a: UnsafeMutablePointer<Double>, _ inverse: UnsafeMutablePointer<Double>, size: Int, stride: Int
  ) -> Bool {
    // LAPACK reads columns: its upper triangle is our lower one.
    var (uplo, info) = (CChar(UInt8(ascii: "U")), Int32(0))
    var (n, row) = (Int32(size), Int32(stride))
    dpotrf_(&uplo, &n, a, &row, &info)
    guard info == 0 else { return false }
    for i in 0..<size {
      (inverse + i * stride).update(repeating: 0, count: size)
      inverse[i * stride + i] = 1
    }
    cblas_dtrsm(CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, n, n, 1, a, row, inverse, row)
    return true
  }

  /// Overwrites the lower part of W by that of Wᵀ·W.
  private static func square(_ w: UnsafeMutablePointer<Double>, size: Int, stride: Int) {
    if size <= small { return squareSmall(w, size: size, stride: stride) }
    let upper = half(size)
    let rest = size - upper
    let below = w + upper * stride
    let (n, m, row) = (Int32(upper), Int32(rest), Int32(stride))
    square(w, size: upper, stride: stride)
    cblas_dsyrk(CblasRowMajor, CblasLower, CblasTrans, n, m, 1, below, row, 1, w, row)
    cblas_dtrmm(
      CblasRowMajor, CblasLeft, CblasLower, CblasTrans, CblasNonUnit, m, n, 1, below + upper, row, below, row)
    square(below + upper, size: rest, stride: stride)
  }

  /// Row i needs itself and those below, which are not overwritten before it.
  private static func squareSmall(_ w: UnsafeMutablePointer<Double>, size: Int, stride: Int) {
    for i in 0..<size {
      let row = w + i * stride
      let own = row[i]
      for j in 0...i { row[j] *= own }
      for k in i + 1..<max(size, i + 1) {
        let other = w + k * stride
        let factor = other[i]
        for j in 0...i { row[j] += factor * other[j] }
      }
    }
  }
}
