import Foundation
import LinearAlgebra

/// How a number becomes an input of a network; fitted on training rows, worked out in double precision.
package enum NumberScale: Sendable, Equatable, Codable {
  case none
  /// (x - mean) / deviation.
  case standard(mean: Double, deviation: Double)
  /// z = (x - median) * factor, then z / sqrt(1 + (z / 3)^2): within 3 of 0, of slope 1 there.
  case robust(median: Double, factor: Double)
  /// The share of training values below x, as a quantile of the normal distribution: within 5.2 of 0.
  /// `levels`: quantiles of the training values at even shares; what lies within `tolerance` of the ends counts as an end.
  case quantile(levels: [Double], tolerance: Double)

  package func callAsFunction(_ x: Double) -> Double {
    switch self {
    case .none: return x
    case .standard(let mean, let deviation): return (x - mean) / deviation
    case .robust(let median, let factor): return Self.clipped((x - median) * factor)
    case .quantile(let levels, let tolerance):
      return Self.normal(Self.share(of: x, levels: levels, tolerance: tolerance))
    }
  }

  static func clipped(_ z: Double) -> Double { z / (1 + (z / 3) * (z / 3)).squareRoot() }

  /// The mean of the shares read from below and from above: what repeats stands in the middle of its share. O(log levels).
  static func share(of x: Double, levels: [Double], tolerance: Double) -> Double {
    let last = levels.count - 1
    if x - tolerance < levels[0] { return 0 }
    if x + tolerance > levels[last] { return 1 }
    let below = levels.partitionPoint { $0 < x }
    let upTo = levels.partitionPoint { $0 <= x }
    let step = 1 / Double(last)
    if below < upTo { return Double(below + upTo - 1) / 2 * step }
    let (low, high) = (levels[below - 1], levels[below])
    return (Double(below - 1) + (x - low) / (high - low)) * step
  }

  /// The bound of `normal`: the quantiles of 1e-7 and 1 - 1e-7.
  package static let bound = 5.19933758

  /// The normal distribution's quantile function by P. Acklam's rational functions (relative error 1.2e-9), within `bound`.
  static func normal(_ p: Double) -> Double {
    guard p > 1e-7 else { return -bound }
    guard p < 1 - 1e-7 else { return bound }
    let (a, b, c, d) = (NormalQuantile.a, NormalQuantile.b, NormalQuantile.c, NormalQuantile.d)
    if p < NormalQuantile.tail || p > 1 - NormalQuantile.tail {
      let q = (-2 * log(min(p, 1 - p))).squareRoot()
      let value = polynomial(c, q) / (polynomial(d, q) * q + 1)
      return p < 0.5 ? value : -value
    }
    let q = p - 0.5
    let r = q * q
    return polynomial(a, r) * q / (polynomial(b, r) * r + 1)
  }

  private static func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
    coefficients.reduce(0) { $0 * x + $1 }
  }
}

/// Acklam's coefficients, the highest power first; what is exported works with the same.
package enum NormalQuantile {
  package static let tail = 0.02425
  package static let a = [
    -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02,
    -3.066479806614716e+01, 2.506628277459239e+00,
  ]
  package static let b = [
    -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01,
    -1.328068155288572e+01,
  ]
  package static let c = [
    -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00,
    4.374664141464968e+00, 2.938163982698783e+00,
  ]
  package static let d = [
    7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00,
  ]
}

extension NumberScale {
  /// Fitted on numbers of which none is missing. `random` keeps repeated values apart where quantiles are taken.
  package static func fitted(
    _ kind: Standardization, to values: [Double], weights: [Double] = [], random: inout RandomStream
  ) -> NumberScale {
    switch kind {
    case .none: return .none
    case .perFeature, .global:
      let moments = Moments(values, weights: weights)
      return .standard(mean: moments.mean, deviation: moments.scale)
    case .robust:
      let sorted = values.sorted()
      let range = quantile(sorted, 0.75) - quantile(sorted, 0.25)
      let spread = range > 0 ? range : ((sorted.last ?? 0) - (sorted.first ?? 0)) / 2
      return .robust(median: quantile(sorted, 0.5), factor: spread > 0 ? 1 / (spread + 1e-30) : 0)
    case .quantile:
      let deviation = Moments(values).scale
      let noisy = values.map { $0 + 1e-5 * deviation * random.normal() }
      return .quantile(levels: levels(of: noisy), tolerance: 1e-7 * deviation)
    }
  }

  /// A quantile for every thirty values, from 10 to 1000 and at most as many as values.
  package static func levels(of values: [Double]) -> [Double] {
    let sorted = values.sorted()
    let count = max(2, min(max(min(sorted.count / 30, 1000), 10), sorted.count))
    return (0..<count).map { quantile(sorted, Double($0) / Double(count - 1)) }
  }

  /// Between sorted values linearly, as NumPy does.
  static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    guard let last = sorted.last else { return 0 }
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    guard below + 1 < sorted.count else { return last }
    return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
  }
}

extension [Double] {
  /// How many of the first elements satisfy a condition that the later ones do not.
  fileprivate func partitionPoint(_ condition: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
