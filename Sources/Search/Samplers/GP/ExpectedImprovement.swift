#if canImport(Glibc)
  import Glibc
#endif

/// How much a normally distributed value is expected to fall below the best one, as a logarithm.
package enum ExpectedImprovement {
  /// log E[max(best - X, 0)] for X ~ N(mean, deviation²), exact far out in the tail (Ament et al., arXiv 2310.20708).
  package static func log(mean: Double, deviation: Double, best: Double) -> Double {
    let z = (best - mean) / deviation
    return standard(z) + Glibc.log(deviation)
  }

  /// log(z Φ(z) + φ(z)).
  static func standard(_ z: Double) -> Double {
    if z > -1 { return Glibc.log(z * Normal.cumulative(z) + Normal.density(z)) }
    let logDensity = -0.5 * z * z - Normal.logRootTwoPi
    if z < -25 {
      // φ/z² (1 - 3/z² + 15/z⁴ - 105/z⁶ + ...)
      let u = 1 / (z * z)
      return logDensity - 2 * Glibc.log(-z) + log1p(u * (-3 + u * (15 - 105 * u)))
    }
    // z Φ(z) / φ(z) by erfc scaled with its own decay.
    let x = -z * 0.5.squareRoot()
    let scaled = exp(x * x) * erfc(x)
    return logDensity + log1p(z * (Double.pi / 2).squareRoot() * scaled)
  }
}
