import COpenBLAS

/// Single-precision matrix products over OpenBLAS, one BLAS thread: parallelism is the caller's own.
///
/// Matrices are row-major; a `stride` is the distance between rows.
package enum BLAS {
  /// Called once, before the first product.
  private static let oneThread: Void = openblas_set_num_threads(1)
  package static func prepare() { _ = oneThread }

  /// c = a bᵀ + beta c, with a: m x k, b: n x k, c: m x n.
  package static func multiplyTransposed(
    _ a: UnsafePointer<Float>, stride aStride: Int, _ b: UnsafePointer<Float>, stride bStride: Int,
    into c: UnsafeMutablePointer<Float>, stride cStride: Int, m: Int, n: Int, k: Int, beta: Float = 0
  ) {
    product(CblasNoTrans, a, aStride, CblasTrans, b, bStride, c, cStride, m, n, k, beta)
  }

  /// c = a b + beta c, with a: m x k, b: k x n, c: m x n.
  package static func multiply(
    _ a: UnsafePointer<Float>, stride aStride: Int, _ b: UnsafePointer<Float>, stride bStride: Int,
    into c: UnsafeMutablePointer<Float>, stride cStride: Int, m: Int, n: Int, k: Int, beta: Float = 0
  ) {
    product(CblasNoTrans, a, aStride, CblasNoTrans, b, bStride, c, cStride, m, n, k, beta)
  }

  /// c = aᵀ b + beta c, with a: k x m, b: k x n, c: m x n.
  package static func transposedMultiply(
    _ a: UnsafePointer<Float>, stride aStride: Int, _ b: UnsafePointer<Float>, stride bStride: Int,
    into c: UnsafeMutablePointer<Float>, stride cStride: Int, m: Int, n: Int, k: Int, beta: Float = 0
  ) {
    product(CblasTrans, a, aStride, CblasNoTrans, b, bStride, c, cStride, m, n, k, beta)
  }

  private static func product(
    _ aForm: CBLAS_TRANSPOSE, _ a: UnsafePointer<Float>, _ aStride: Int, _ bForm: CBLAS_TRANSPOSE,
    _ b: UnsafePointer<Float>, _ bStride: Int, _ c: UnsafeMutablePointer<Float>, _ cStride: Int, _ m: Int, _ n: Int,
    _ k: Int, _ beta: Float
  ) {
    guard BLASMemory.isAvailable else {
      return plainProduct(
        a, aForm == CblasTrans ? (1, aStride) : (aStride, 1), b, bForm == CblasTrans ? (1, bStride) : (bStride, 1), c,
        cStride, m, n, k, beta)
    }
    BLASMemory.taking {
      cblas_sgemm(
        CblasRowMajor, aForm, bForm, blasint(m), blasint(n), blasint(k), 1, a, blasint(aStride), b, blasint(bStride),
        beta, c, blasint(cStride))
    }
  }

  /// What is left where memory is limited to less than OpenBLAS needs: slow, but a result. Each step is the distance to the next
  /// row and to the next column.
  private static func plainProduct(
    _ a: UnsafePointer<Float>, _ aStep: (row: Int, column: Int), _ b: UnsafePointer<Float>,
    _ bStep: (row: Int, column: Int), _ c: UnsafeMutablePointer<Float>, _ cStride: Int, _ m: Int, _ n: Int, _ k: Int,
    _ beta: Float
  ) {
    for i in 0..<m {
      for j in 0..<n {
        var sum: Float = 0
        for step in 0..<k { sum += a[i * aStep.row + step * aStep.column] * b[step * bStep.row + j * bStep.column] }
        // As in BLAS, what was there is not read for a beta of 0.
        c[i * cStride + j] = beta == 0 ? sum : beta * c[i * cStride + j] + sum
      }
    }
  }
}

/// OpenBLAS asks this function of its own, as it is loaded, how many threads to start; the program's answer takes the place of the
/// library's. Threads that it never uses cost memory, and one that the system refuses makes it raise SIGINT or hang at the exit.
/// Public, because a release build hides other functions from the library.
@_cdecl("openblas_num_threads_env") public func threadsThatOpenBLASStarts() -> Int32 { 1 }
