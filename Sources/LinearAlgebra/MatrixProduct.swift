import Foundation

/// Single-precision matrix products in the shapes of training: some rows of a batch against weights that change after
/// every product.
///
/// A BLAS copies both operands into an order of its own first. That pays for large matrices; with 32 rows it costs as much
/// as half of the product. Here the operands are read where they lie, in strips of 12 rows by 32 columns that stay in
/// registers. Needs the 32 wide registers of AVX-512: elsewhere the same functions call OpenBLAS.
///
/// Matrices are row-major; a `stride` is the distance between rows in numbers.
package enum MatrixProduct {
  /// Whether products are computed in strips: in programs for AVX-512. `ATTUNE_PRODUCTS=blas` in the environment says no, for
  /// comparisons.
  package static let usesStrips =
    InstructionSet.current == .avx512 && ProcessInfo.processInfo.environment["ATTUNE_PRODUCTS"] != "blas"

  /// c = a b, on top of c where `adds`; with a: m x k, b: k x n, c: m x n. O(m n k).
  package static func multiply(
    _ a: UnsafePointer<Float>, stride aStride: Int, _ b: UnsafePointer<Float>, stride bStride: Int,
    into c: UnsafeMutablePointer<Float>, stride cStride: Int, m: Int, n: Int, k: Int, adds: Bool = false
  ) {
    let columns = strips(
      MatrixOperands(a: a, aRow: aStride, aStep: 1, b: b, bRow: bStride, c: c, cRow: cStride, steps: k), rows: m,
      columns: n, adds: adds)
    guard columns < n else { return }
    BLAS.multiply(
      a, stride: aStride, b + columns, stride: bStride, into: c + columns, stride: cStride, m: m, n: n - columns, k: k,
      beta: adds ? 1 : 0)
  }

  /// c = aᵀ b, on top of c where `adds`; with a: k x m, b: k x n, c: m x n. O(m n k).
  package static func transposedMultiply(
    _ a: UnsafePointer<Float>, stride aStride: Int, _ b: UnsafePointer<Float>, stride bStride: Int,
    into c: UnsafeMutablePointer<Float>, stride cStride: Int, m: Int, n: Int, k: Int, adds: Bool = false
  ) {
    let columns = strips(
      MatrixOperands(a: a, aRow: 1, aStep: aStride, b: b, bRow: bStride, c: c, cRow: cStride, steps: k), rows: m,
      columns: n, adds: adds)
    guard columns < n else { return }
    BLAS.transposedMultiply(
      a, stride: aStride, b + columns, stride: bStride, into: c + columns, stride: cStride, m: m, n: n - columns, k: k,
      beta: adds ? 1 : 0)
  }

  /// Steps of a sum that are taken in one go: their part of 32 columns of b fits the second-level cache beside the rest.
  private static let stepsAtOnce = 1024

  /// Computes as many of the columns as strips can, and says how many: the rest is left to BLAS.
  ///
  /// Columns in the outer loop: 32 of them are read from far away once, and found near by for every further strip of rows.
  private static func strips(_ product: MatrixOperands, rows: Int, columns: Int, adds: Bool) -> Int {
    let columns = usesStrips ? columns / 16 * 16 : 0
    guard columns > 0 else { return 0 }
    var start = 0
    repeat {
      var part = product
      part.a += start * product.aStep
      part.b += start * product.bRow
      part.steps = min(stepsAtOnce, product.steps - start)
      for column in stride(from: 0, to: columns, by: 32) {
        part.moved(rows: 0, columns: column).multiply(
          rows: rows, wide: columns - column >= 32, adds: adds || start > 0)
      }
      start += stepsAtOnce
    } while start < product.steps
    return columns
  }
}
