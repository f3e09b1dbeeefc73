import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#endif

/// Covariance matrix adaptation evolution strategy: a normal distribution that learns where good points lie.
///
/// Hansen, arXiv 1604.00772; equation numbers are that paper's. With the negative weights of active CMA.
package struct CMAES: Sendable {
  package let dimensions: Int
  package let population: Int
  package private(set) var mean: [Double]
  package private(set) var sigma: Double
  /// Row-major, dimensions x dimensions.
  package private(set) var covariance: [Double]
  package private(set) var generation = 0
  private let weights: [Double]
  private let parents: Int
  private let effective: Double
  private let c1: Double
  private let cMu: Double
  private let cSigma: Double
  private let dSigma: Double
  private let cc: Double
  private let chi: Double
  private var pathSigma: [Double]
  private var pathC: [Double]
  private var eigen: SymmetricEigen

  package init(mean: [Double], sigma: Double, population: Int? = nil) {
    let n = mean.count
    let d = Double(n)
    let lambda = population ?? 4 + Int((3 * log(d)).rounded(.down))  // eq. 48
    let mu = lambda / 2
    let raw = (1...lambda).map { log(Double(lambda + 1) / 2) - log(Double($0)) }  // eq. 49
    func effectiveSize(_ part: ArraySlice<Double>) -> Double {
      let sum = part.reduce(0, +)
      return sum * sum / part.reduce(0) { $0 + $1 * $1 }
    }
    let muEff = effectiveSize(raw[..<mu])
    let muEffMinus = effectiveSize(raw[mu...])
    c1 = 2 / ((d + 1.3) * (d + 1.3) + muEff)  // eq. 57
    cMu = min(1 - c1 - 1e-8, 2 * (muEff - 2 + 1 / muEff) / ((d + 2) * (d + 2) + muEff))  // eq. 58
    let alpha = min(1 + c1 / cMu, 1 + 2 * muEffMinus / (muEff + 2), (1 - c1 - cMu) / (d * cMu))  // eq. 50 to 52
    let positive = raw.filter { $0 > 0 }.reduce(0, +)
    let negative = -raw.filter { $0 < 0 }.reduce(0, +)
    weights = raw.map { $0 >= 0 ? $0 / positive : alpha * $0 / negative }  // eq. 53
    cSigma = (muEff + 2) / (d + muEff + 5)  // eq. 55
    dSigma = 1 + 2 * max(0, ((muEff - 1) / (d + 1)).squareRoot() - 1) + cSigma
    cc = (4 + muEff / d) / (d + 4 + 2 * muEff / d)  // eq. 56
    chi = d.squareRoot() * (1 - 1 / (4 * d) + 1 / (21 * d * d))
    dimensions = n
    self.population = lambda
    parents = mu
    effective = muEff
    self.mean = mean
    self.sigma = sigma
    covariance = (0..<n * n).map { $0 % (n + 1) == 0 ? 1 : 0 }
    pathSigma = [Double](repeating: 0, count: n)
    pathC = pathSigma
    eigen = SymmetricEigen(covariance, size: n)
  }

  /// mean + sigma · B·D·z: a point of N(mean, sigma² C) for a vector of standard normal numbers; `scale` stretches coordinates.
  package func point(_ z: [Double], scale: [Double]? = nil) -> [Double] {
    (0..<dimensions).map { row in
      var y = 0.0
      for k in 0..<dimensions { y += eigen.vectors[row * dimensions + k] * root(k) * z[k] }
      return mean[row] + sigma * y * (scale?[row] ?? 1)
    }
  }

  /// The standard deviation of a coordinate.
  func deviation(_ coordinate: Int) -> Double { sigma * max(covariance[coordinate * (dimensions + 1)], 0).squareRoot() }

  mutating func move(_ coordinate: Int, to value: Double) { mean[coordinate] = value }

  private func root(_ k: Int) -> Double { (eigen.values[k] < 0 ? 1e-8 : eigen.values[k]).squareRoot() }

  /// C^(-1/2)·y.
  private func whitened(_ y: [Double]) -> [Double] {
    let n = dimensions
    var inner = [Double](repeating: 0, count: n)
    for k in 0..<n {
      for row in 0..<n { inner[k] += eigen.vectors[row * n + k] * y[row] }
      inner[k] /= root(k)
    }
    return (0..<n).map { row in (0..<n).reduce(0) { $0 + eigen.vectors[row * n + $1] * inner[$1] } }
  }

  /// Learns from a population of points, best first.
  package mutating func tell(_ sorted: [[Double]]) {
    precondition(sorted.count == population, "as many points as the population has")
    let n = dimensions
    generation += 1
    let steps = sorted.map { point in (0..<n).map { (point[$0] - mean[$0]) / sigma } }
    var step = [Double](repeating: 0, count: n)
    for k in 0..<parents {
      for i in 0..<n { step[i] += weights[k] * steps[k][i] }  // eq. 41
    }
    for i in 0..<n { mean[i] += sigma * step[i] }  // eq. 42

    let white = whitened(step)
    let gain = (cSigma * (2 - cSigma) * effective).squareRoot()
    for i in 0..<n { pathSigma[i] = (1 - cSigma) * pathSigma[i] + gain * white[i] }  // eq. 43
    let length = pathSigma.reduce(0) { $0 + $1 * $1 }.squareRoot()
    sigma = min(sigma * exp(cSigma / dSigma * (length / chi - 1)), 1e32)  // eq. 44

    let stalled =
      length / (1 - pow(1 - cSigma, Double(2 * (generation + 1)))).squareRoot() >= (1.4 + 2 / Double(n + 1)) * chi
    let h = stalled ? 0.0 : 1.0
    let gainC = h * (cc * (2 - cc) * effective).squareRoot()
    for i in 0..<n { pathC[i] = (1 - cc) * pathC[i] + gainC * step[i] }  // eq. 45
    let adjusted = weights.indices.map { k -> Double in  // eq. 46
      if weights[k] >= 0 { return weights[k] }
      let norm = whitened(steps[k]).reduce(0) { $0 + $1 * $1 }
      return weights[k] * Double(n) / (norm + 1e-8)
    }
    let keep = 1 + c1 * (1 - h) * cc * (2 - cc) - c1 - cMu * weights.reduce(0, +)
    for i in 0..<n {
      for j in 0...i {  // eq. 47
        var rankMu = 0.0
        for k in 0..<population { rankMu += adjusted[k] * steps[k][i] * steps[k][j] }
        let value = keep * covariance[i * n + j] + c1 * pathC[i] * pathC[j] + cMu * rankMu
        covariance[i * n + j] = value
        covariance[j * n + i] = value
      }
    }
    eigen = SymmetricEigen(covariance, size: n)
  }
}
