import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#endif

/// Finds the kernel under which the values are most likely, with priors on its parameters.
///
/// Coordinates are log w_j, log s and log(noise - floor). The priors are Optuna 5's: 0.1/w + 0.1 w against extreme relevances, a
/// Gamma(2, 1) on the scale, a Gamma(1.1, 30) on the noise.
package struct KernelFit {
  private let vectors: [[Double]]
  private let columns: AxisColumns
  private let values: [Double]
  private let dimensions: Int
  private let noiseFloor: Double

  package init(_ vectors: [[Double]], _ values: [Double], categorical: [Bool], noiseFloor: Double = 1e-6) {
    self.vectors = vectors
    columns = AxisColumns(vectors[...], categorical: categorical)
    self.values = values
    dimensions = categorical.count
    self.noiseFloor = noiseFloor
  }

  package func kernel(_ x: [Double]) -> Matern {
    let d = dimensions
    return Matern(relevance: x[..<d].map { exp($0) }, scale: exp(x[d]), noise: exp(x[d + 1]) + noiseFloor)
  }

  /// The coordinates of a kernel.
  func coordinates(_ kernel: Matern) -> [Double] {
    kernel.relevance.map { log($0) } + [log(kernel.scale), log(max(kernel.noise - noiseFloor, 1e-9))]
  }

  /// The best kernel found from a start. `rounds` bounds the steps; each costs O(n³).
  package func best(rounds: Int = 60, starts: [[Double]]? = nil) -> Matern {
    let standard = [Double](repeating: 0, count: dimensions + 1) + [log(1e-3)]
    var best: (x: [Double], value: Double)?
    var room = Room(columns.count)
    for start in starts ?? [standard] {
      let found = LBFGS.minimize(from: start, rounds: rounds, tolerance: 1e-2) { loss($0, &room) }
      if best == nil || found.value < best!.value { best = found }
    }
    return kernel(best!.x)
  }

  /// What a step needs, three matrices, kept for the next one.
  private struct Room {
    var factor: Cholesky
    var inverse: [Double]
    /// Derivatives of the covariances by r².
    var slopes: [Double]

    init(_ n: Int) {
      factor = Cholesky(size: n)
      inverse = [Double](repeating: 0, count: n * n)
      slopes = inverse
    }
  }

  /// Negative log posterior and its gradient.
  package func loss(_ x: [Double]) -> (value: Double, gradient: [Double]) {
    var room = Room(columns.count)
    return loss(x, &room)
  }

  private func loss(_ x: [Double], _ room: inout Room) -> (value: Double, gradient: [Double]) {
    let d = dimensions
    let n = columns.count
    guard x.allSatisfy({ abs($0) < 30 }) else { return (.infinity, x.map { _ in 0 }) }
    let kernel = kernel(x)
    let isPositive = room.factor.factor { writeCovariances(kernel, into: &$0, slopes: &room.slopes) }
    guard isPositive else { return (.infinity, x.map { _ in 0 }) }
    room.factor.invert(into: &room.inverse)
    // a = K⁻¹·y and yᵀ·K⁻¹·y = |L⁻¹·y|².
    let half = room.factor.solveLower(values)
    let weights = room.factor.solveUpper(half)
    let fit = DoubleBLAS.dot(half, half, count: n)
    var loss = 0.5 * (fit + room.factor.logDeterminant)

    // dL/dK = (K⁻¹ - a·aᵀ) / 2, each pair counted twice.
    var trace = 0.0
    for i in 0..<n { trace += room.inverse[i * n + i] - weights[i] * weights[i] }
    let byRelevance = slopesByRelevance(room.slopes, room.inverse, weights)
    var gradient = [Double](repeating: 0, count: d + 2)
    for j in 0..<d {
      let w = kernel.relevance[j]
      gradient[j] = w * byRelevance[j] + (-0.1 / w + 0.1 * w)
      loss += 0.1 / w + 0.1 * w
    }
    // s·dK/ds = K - noise·I, and the sum of (K⁻¹ - a·aᵀ)∘K is n - yᵀ·a.
    let s = kernel.scale
    let variance = kernel.noise
    gradient[d] = 0.5 * (Double(n) - fit - variance * trace) - (1 - s)
    loss -= log(s) - s
    gradient[d + 1] = (0.5 * trace - (0.1 / variance - 30)) * exp(x[d + 1])
    loss -= 0.1 * log(variance) - 30 * variance
    return loss.isFinite ? (loss, gradient) : (.infinity, gradient.map { _ in 0 })
  }

  /// The covariances and, off the diagonal, their derivatives by r²: lower parts, row-major.
  private func writeCovariances(_ kernel: Matern, into covariances: inout [Double], slopes: inout [Double]) {
    let n = columns.count
    var row = [Double](repeating: 0, count: n)
    var slopesRow = row
    for i in 0..<n {
      columns.squaredDistances(kernel.relevance, from: vectors[i], count: i, into: &row)
      kernel.correlate(&row, slopes: &slopesRow, count: i)
      covariances.place(row, 0..<i, at: i * n)
      slopes.place(slopesRow, 0..<i, at: i * n)
      covariances[i * n + i] = kernel.scale + kernel.noise
    }
  }

  /// Σ (K⁻¹ - a·aᵀ)∘dK/dr²∘Δ_j² over the pairs, for each axis j.
  private func slopesByRelevance(_ slopes: [Double], _ inverse: [Double], _ weights: [Double]) -> [Double] {
    let n = columns.count
    var sums = [Double](repeating: 0, count: dimensions)
    var row = [Double](repeating: 0, count: n)
    var squared = row
    for i in 0..<n {
      Self.weigh(slopes, inverse, i * n, weights, weights[i], i, &row)
      for axis in sums.indices {
        columns.squaredDifferences(axis: axis, from: vectors[i][axis], count: i, into: &squared)
        sums[axis] += DoubleBLAS.dot(row, squared, count: i)
      }
    }
    return sums
  }

  /// row = slopes ∘ (inverse - own · weights), of the first `count`.
  private static func weigh(
    _ slopes: [Double], _ inverse: [Double], _ start: Int, _ weights: [Double], _ own: Double, _ count: Int,
    _ row: inout [Double]
  ) {
    let slopes = slopes.span.extracting(start..<start + count)
    let inverse = inverse.span.extracting(start..<start + count)
    let weights = weights.span.extracting(..<count)
    var row = row.mutableSpan
    precondition(count <= row.count)
    for j in 0..<count { row[j] = slopes[j] * (inverse[j] - own * weights[j]) }
  }
}
