import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#endif

/// Finds the kernel under which the values are most likely, with priors on its parameters.
///
/// Coordinates are log w_j, log s and log(noise - floor). The priors are Optuna 5's: 0.1/w + 0.1 w against extreme relevances, a
/// Gamma(2, 1) on the scale, a Gamma(1.1, 30) on the noise.
package struct KernelFit {
  let distances: PairDistances
  let values: [Double]
  let noiseFloor: Double

  package init(_ vectors: [[Double]], _ values: [Double], categorical: [Bool], noiseFloor: Double = 1e-6) {
    distances = PairDistances(vectors, categorical: categorical)
    self.values = values
    self.noiseFloor = noiseFloor
  }

  package func kernel(_ x: [Double]) -> Matern {
    let d = distances.dimensions
    return Matern(relevance: x[..<d].map { exp($0) }, scale: exp(x[d]), noise: exp(x[d + 1]) + noiseFloor)
  }

  /// The coordinates of a kernel.
  func coordinates(_ kernel: Matern) -> [Double] {
    kernel.relevance.map { log($0) } + [log(kernel.scale), log(max(kernel.noise - noiseFloor, 1e-9))]
  }

  /// The best kernel found from a start. `rounds` bounds the steps; each costs O(n³).
  package func best(rounds: Int = 60, starts: [[Double]]? = nil) -> Matern {
    let d = distances.dimensions
    let standard = [Double](repeating: 0, count: d + 1) + [log(1e-3)]
    var best: (x: [Double], value: Double)?
    for start in starts ?? [standard] {
      let found = LBFGS.minimize(from: start, rounds: rounds, tolerance: 1e-2) { self.loss($0) }
      if best == nil || found.value < best!.value { best = found }
    }
    return kernel(best!.x)
  }

  /// Negative log posterior and its gradient.
  package func loss(_ x: [Double]) -> (value: Double, gradient: [Double]) {
    let d = distances.dimensions
    let n = distances.count
    guard x.allSatisfy({ abs($0) < 30 }) else { return (.infinity, x.map { _ in 0 }) }
    let kernel = kernel(x)
    var correlations = distances.weighted(kernel.relevance)
    var slopes = [Double](repeating: 0, count: correlations.count)
    Matern.correlate(&correlations, slopes: &slopes)
    guard let factor = Cholesky(distances.matrix(correlations, kernel), size: n) else {
      return (.infinity, x.map { _ in 0 })
    }
    let weights = factor.solve(values)
    var fit = 0.0
    for i in 0..<n { fit += values[i] * weights[i] }
    var loss = 0.5 * (fit + factor.logDeterminant)

    // dL/dK = (K⁻¹ - a aᵀ) / 2, each pair counted twice.
    let (pairs, trace) = Self.slopesByCovariance(factor.inverse(), weights)
    let scaleSum =
      kernel.scale * DoubleBLAS.multiply(correlations, rows: 1, columns: distances.pairs, pairs).reduce(0, +)
    Self.multiply(&slopes, pairs, kernel.scale)
    let byRelevance = DoubleBLAS.multiply(distances.squared, rows: d, columns: distances.pairs, slopes)
    var gradient = [Double](repeating: 0, count: d + 2)
    for j in 0..<d {
      let w = kernel.relevance[j]
      gradient[j] = w * byRelevance[j] + (-0.1 / w + 0.1 * w)
      loss += 0.1 / w + 0.1 * w
    }
    let s = kernel.scale
    gradient[d] = scaleSum + 0.5 * trace * s - (1 - s)
    loss -= log(s) - s
    let variance = kernel.noise
    gradient[d + 1] = (0.5 * trace - (0.1 / variance - 30)) * exp(x[d + 1])
    loss -= 0.1 * log(variance) - 30 * variance
    return loss.isFinite ? (loss, gradient) : (.infinity, gradient.map { _ in 0 })
  }

  /// K⁻¹ - a aᵀ: its pairs below the diagonal in order of rows, and the sum of its diagonal.
  private static func slopesByCovariance(_ inverse: [Double], _ weights: [Double]) -> (pairs: [Double], trace: Double) {
    let n = weights.count
    var pairs = [Double](repeating: 0, count: n * (n - 1) / 2)
    var trace = 0.0
    var place = 0
    for i in 0..<n {
      let own = weights[i]
      for j in 0..<i { pairs[place + j] = inverse[i * n + j] - own * weights[j] }
      place += i
      trace += inverse[i * n + i] - own * own
    }
    return (pairs, trace)
  }

  private static func multiply(_ values: inout [Double], _ others: [Double], _ factor: Double) {
    for i in values.indices { values[i] *= factor * others[i] }
  }
}
