import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#endif

/// A Gaussian process over the unit cube given values at some configurations, the kernel known.
package struct GaussianProcess: Sendable {
  package let kernel: Matern
  private let vectors: [[Double]]
  private let categorical: [Bool]
  private let factor: Cholesky
  private let weights: [Double]

  /// nil where the covariances cannot be factored. O(n³/3).
  package init?(_ vectors: [[Double]], _ values: [Double], _ kernel: Matern, categorical: [Bool]) {
    let distances = PairDistances(vectors, categorical: categorical)
    guard let factor = Self.factor(distances, kernel) else { return nil }
    self.kernel = kernel
    self.vectors = vectors
    self.categorical = categorical
    self.factor = factor
    weights = factor.solve(values)
  }

  private static func factor(_ distances: PairDistances, _ kernel: Matern) -> Cholesky? {
    var correlations = distances.weighted(kernel.relevance)
    Matern.correlate(&correlations)
    return Cholesky(distances.matrix(correlations, kernel), size: distances.count)
  }

  /// Posterior means and variances (without the noise) at points. O(points · n²).
  package func predict(_ points: [[Double]]) -> (means: [Double], variances: [Double]) {
    let (n, m) = (vectors.count, points.count)
    var cross = [Double](repeating: 0, count: n * m)
    var row = [Double](repeating: 0, count: m)
    let columns = categorical.indices.map { axis in points.map { $0[axis] } }
    for i in 0..<n {
      for p in 0..<m { row[p] = 0 }
      for axis in categorical.indices {
        Self.add(columns[axis], vectors[i][axis], kernel.relevance[axis], categorical[axis], &row)
      }
      Matern.correlate(&row)
      Self.place(row, kernel.scale, &cross, at: i * m)
    }
    let means = DoubleBLAS.transposedMultiply(cross, rows: n, columns: m, weights)
    factor.solveLower(&cross, columns: m)
    var variances = [Double](repeating: kernel.scale, count: m)
    for i in 0..<n { Self.subtractSquares(cross, i * m, &variances) }
    return (means, variances.map { max($0, 1e-12 * kernel.scale) })
  }

  private static func add(_ column: [Double], _ at: Double, _ weight: Double, _ isSet: Bool, _ row: inout [Double]) {
    if isSet {
      for p in row.indices where column[p] != at { row[p] += weight }
    } else {
      for p in row.indices {
        let difference = column[p] - at
        row[p] += weight * difference * difference
      }
    }
  }

  private static func place(_ row: [Double], _ factor: Double, _ matrix: inout [Double], at start: Int) {
    for p in row.indices { matrix[start + p] = factor * row[p] }
  }

  private static func subtractSquares(_ matrix: [Double], _ start: Int, _ sums: inout [Double]) {
    for p in sums.indices { sums[p] -= matrix[start + p] * matrix[start + p] }
  }
}
