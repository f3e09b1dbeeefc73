import LinearAlgebra

/// A Gaussian process over the unit cube given values at some configurations, the kernel known.
package struct GaussianProcess: Sendable {
  package let kernel: Matern
  private let vectors: [[Double]]
  private let categorical: [Bool]
  private let factor: Cholesky
  private let weights: [Double]

  /// nil where the covariances cannot be factored. O(2n³/3).
  package init?(_ vectors: [[Double]], _ values: [Double], _ kernel: Matern, categorical: [Bool]) {
    guard let factor = Self.factor(vectors, kernel, categorical) else { return nil }
    self.kernel = kernel
    self.vectors = vectors
    self.categorical = categorical
    self.factor = factor
    weights = factor.solve(values)
  }

  private static func factor(_ vectors: [[Double]], _ kernel: Matern, _ categorical: [Bool]) -> Cholesky? {
    let n = vectors.count
    let columns = AxisColumns(vectors[...], categorical: categorical)
    var row = [Double](repeating: 0, count: n)
    var factor = Cholesky(size: n)
    let isPositive = factor.factor { covariances in
      for i in 0..<n {
        columns.squaredDistances(kernel.relevance, from: vectors[i], count: i, into: &row)
        kernel.correlate(&row, count: i)
        covariances.place(row, 0..<i, at: i * n)
        covariances[i * n + i] = kernel.scale + kernel.noise
      }
    }
    return isPositive ? factor : nil
  }

  /// Posterior means and variances (without the noise) at points. O(points · n²).
  package func predict(_ points: [[Double]]) -> (means: [Double], variances: [Double]) {
    var means: [Double] = []
    var variances: [Double] = []
    means.reserveCapacity(points.count)
    variances.reserveCapacity(points.count)
    var cross: [Double] = []
    for start in stride(from: 0, to: points.count, by: Self.block) {
      let block = AxisColumns(points[start..<min(start + Self.block, points.count)], categorical: categorical)
      predict(block, &cross, &means, &variances)
    }
    return (means, variances)
  }

  /// So many points at once that their covariances with the known ones stay in the processor's cache.
  private static let block = 256

  private func predict(
    _ points: AxisColumns, _ cross: inout [Double], _ means: inout [Double], _ variances: inout [Double]
  ) {
    let (n, m) = (vectors.count, points.count)
    if cross.count != n * m { cross = [Double](repeating: 0, count: n * m) }
    var row = [Double](repeating: 0, count: m)
    for i in 0..<n {
      points.squaredDistances(kernel.relevance, from: vectors[i], count: m, into: &row)
      kernel.correlate(&row, count: m)
      cross.place(row, 0..<m, at: i * m)
    }
    means += DoubleBLAS.transposedMultiply(cross, rows: n, columns: m, weights)
    factor.solveLower(&cross, columns: m)
    var left = [Double](repeating: kernel.scale, count: m)
    for i in 0..<n { Self.subtractSquares(cross, i * m, &left) }
    for variance in left { variances.append(max(variance, 1e-12 * kernel.scale)) }
  }

  private static func subtractSquares(_ matrix: [Double], _ start: Int, _ sums: inout [Double]) {
    var sums = sums.mutableSpan
    let row = matrix.span.extracting(start..<start + sums.count)
    for p in sums.indices { sums[p] -= row[p] * row[p] }
  }
}
