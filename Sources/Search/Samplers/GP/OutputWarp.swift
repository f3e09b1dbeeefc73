#if canImport(Glibc)
  import Glibc
#endif

/// Brings objective values, minimised, to a scale on which a Gaussian process fits: few huge losses must not hide the differences
/// among the good ones.
enum OutputWarp {
  /// Keeps the better half of the values as it is and lets the worse half follow the normal distribution by rank alone, on the better
  /// half's scale (as Vizier's half-rank warping does); standardised.
  static func halfRanked(_ keys: [Double]) -> [Double] {
    let finite = keys.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max(), high > low else { return keys.map { _ in 0 } }
    let clipped = keys.map { min(max($0.isNaN ? high : $0, low), high) }
    let median = clipped.sorted()[clipped.count / 2]
    let good = clipped.filter { $0 <= median }
    let spread = (good.reduce(0) { $0 + ($1 - median) * ($1 - median) } / Double(good.count)).squareRoot()
    let bad = clipped.indices.filter { clipped[$0] > median }.sorted { (clipped[$0], $0) < (clipped[$1], $1) }
    var warped = clipped
    for (rank, index) in bad.enumerated() {
      let share = 0.5 + 0.5 * (Double(rank) + 0.5) / Double(bad.count)
      warped[index] = median + max(spread, 1e-12) * Normal.inverseLogCumulative(log(share))
    }
    return standardized(warped)
  }

  /// Yeo and Johnson's power transform with the likeliest power, standardised; infinite values stand at the finite extremes.
  static func warped(_ keys: [Double]) -> [Double] {
    let finite = keys.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max(), high > low else { return keys.map { _ in 0 } }
    let clipped = keys.map { min(max($0.isNaN ? high : $0, low), high) }
    let base = standardized(clipped)
    var best: (power: Double, likelihood: Double)?
    for step in 0...40 {
      let power = -2 + 0.1 * Double(step)
      let likelihood = likelihood(base, power)
      if best == nil || likelihood > best!.likelihood { best = (power, likelihood) }
    }
    return standardized(base.map { transform($0, best!.power) })
  }

  static func standardized(_ values: [Double]) -> [Double] {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n).squareRoot()
    return deviation > 0 && deviation.isFinite ? values.map { ($0 - mean) / deviation } : values.map { _ in 0 }
  }

  private static func transform(_ y: Double, _ power: Double) -> Double {
    if y >= 0 { return abs(power) < 1e-9 ? log1p(y) : (pow(y + 1, power) - 1) / power }
    return abs(power - 2) < 1e-9 ? -log1p(-y) : -(pow(1 - y, 2 - power) - 1) / (2 - power)
  }

  private static func likelihood(_ values: [Double], _ power: Double) -> Double {
    let n = Double(values.count)
    let moved = values.map { transform($0, power) }
    let mean = moved.reduce(0, +) / n
    let variance = moved.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
    guard variance > 1e-300 else { return -.infinity }
    let jacobian = values.reduce(0) { $0 + ($1 >= 0 ? 1 : -1) * log1p(abs($1)) }
    return -n / 2 * log(variance) + (power - 1) * jacobian
  }
}
