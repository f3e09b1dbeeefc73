#if canImport(Glibc)
  import Glibc
#endif

/// Student's t distribution; infinite degrees of freedom are the normal distribution.
package enum StudentT {
  /// P(T <= t).
  package static func cumulative(_ t: Double, degrees: Double) -> Double {
    if t.isNaN { return .nan }
    guard degrees.isFinite else { return Normal.cumulative(t) }
    if t.isInfinite { return t > 0 ? 1 : 0 }
    let tail = 0.5 * incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5)
    return t > 0 ? 1 - tail : tail
  }

  /// The t that a share `p` of the distribution is below, by bisection to the last digits; `p` between 0 and 1.
  package static func quantile(_ p: Double, degrees: Double) -> Double {
    if p == 0.5 { return 0 }
    if p < 0.5 { return -quantile(1 - p, degrees: degrees) }
    var (low, high) = (0.0, 1.0)
    while cumulative(high, degrees: degrees) < p, high < 1e15 { high *= 2 }
    for _ in 0..<200 where low < high {
      let middle = 0.5 * (low + high)
      if middle == low || middle == high { break }
      if cumulative(middle, degrees: degrees) < p { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }

  /// I_x(a, b), by Lentz's continued fraction (Numerical Recipes, 6.4).
  private static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    let front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2) { return front * fraction(x, a, b) / a }
    return 1 - front * fraction(1 - x, b, a) / b
  }

  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    func away(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
    var c = 1.0
    var d = 1 / away(1 - (a + b) * x / (a + 1))
    var result = d
    for step in 1...1000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / away(1 + even * d)
      c = away(1 + even / c)
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / away(1 + odd * d)
      c = away(1 + odd / c)
      let change = d * c
      result *= change
      if abs(change - 1) < 1e-16 { break }
    }
    return result
  }
}
