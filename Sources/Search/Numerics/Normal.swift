#if canImport(Glibc)
  import Glibc
#endif

/// The standard normal distribution, accurate in its tails.
enum Normal {
  static let logRootTwoPi = 0.918_938_533_204_672_741_780_329_736_406

  static func density(_ x: Double) -> Double { exp(-0.5 * x * x - logRootTwoPi) }

  /// P(X <= x).
  static func cumulative(_ x: Double) -> Double { 0.5 * erfc(-x * 0.5.squareRoot()) }

  /// log P(X <= x); below -20 by the asymptotic series.
  static func logCumulative(_ x: Double) -> Double {
    if x > 6 { return -cumulative(-x) }
    if x > -20 { return log(cumulative(x)) }
    var sum = 1.0
    var term = 1.0
    for i in 1...40 {
      let next = -term * Double(2 * i - 1) / (x * x)
      if abs(next) >= abs(term) || abs(next) < 1e-17 { break }
      term = next
      sum += term
    }
    return -0.5 * x * x - log(-x) - logRootTwoPi + log(sum)
  }

  /// log P(a <= X <= b), without cancellation where both ends lie in one tail.
  static func logMass(_ a: Double, _ b: Double) -> Double {
    if a < -9 && b > 9 { return 0 }
    if b <= 0 { return logDifference(logCumulative(b), logCumulative(a)) }
    if a > 0 { return logDifference(logCumulative(-a), logCumulative(-b)) }
    // Beyond 9 a tail is less than the last digit of the other.
    if b > 9 { return log1p(-cumulative(a)) }
    if a < -9 { return log1p(-cumulative(-b)) }
    return log1p(-cumulative(a) - cumulative(-b))
  }

  /// x with log P(X <= x) = y, by Newton's method to eight digits and one step more.
  static func inverseLogCumulative(_ y: Double) -> Double {
    if y >= 0 { return .infinity }
    if y == -.infinity { return -.infinity }
    let isFlipped = y > -1e-2
    let z = isFlipped ? log(-expm1(y)) : y
    var x = z < -5 ? -(-2 * (z + logRootTwoPi)).squareRoot() : -(3.0.squareRoot() / .pi) * log(expm1(-z))
    for _ in 0..<100 {
      let current = logCumulative(x)
      let step = (current - z) * exp(current + 0.5 * x * x + logRootTwoPi)
      x -= step
      if abs(step) < 1e-8 * abs(x) { break }
    }
    return isFlipped ? -x : x
  }

  /// The q-quantile of the normal distribution truncated to [a, b].
  static func truncatedQuantile(_ q: Double, _ a: Double, _ b: Double) -> Double {
    if q == 0 { return a }
    if q == 1 { return b }
    let mass = logMass(a, b)
    if a < 0 { return inverseLogCumulative(logSum(logCumulative(a), log(q) + mass)) }
    return -inverseLogCumulative(logSum(logCumulative(-b), log1p(-q) + mass))
  }

  /// log(exp(p) - exp(q)) for p >= q.
  private static func logDifference(_ p: Double, _ q: Double) -> Double { p + log1p(-exp(q - p)) }

  /// log(exp(p) + exp(q)).
  static func logSum(_ p: Double, _ q: Double) -> Double {
    let high = max(p, q)
    return high == -.infinity ? high : high + log1p(exp(min(p, q) - high))
  }
}
