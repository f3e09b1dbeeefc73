/// How to share further runs among candidates so that the best of them is told soonest: optimal computing budget allocation
/// (C.-H. Chen et al., 2000). Means are to be minimised.
package enum OCBA {
  /// Shares that add up to 1: N_i / N_j = (s_i / d_i)^2 / (s_j / d_j)^2 with d the distance to the best, and
  /// N_best = s_best sqrt(sum N_i^2 / s_i^2). Candidates that equal the best share as if they were a hair apart.
  package static func shares(means: [Double], deviations: [Double]) -> [Double] {
    guard let best = means.indices.min(by: { means[$0] < means[$1] }) else { return [] }
    if means.count == 1 { return [1] }
    let largest = deviations.max() ?? 0
    if largest == 0 { return means.map { _ in 1 / Double(means.count) } }
    // A candidate without spread so far is not taken for certain.
    let s = deviations.map { max($0, 1e-3 * largest, 1e-300) }
    var shares = means.indices.map { index -> Double in
      if index == best { return 0 }
      let distance = max(means[index] - means[best], 1e-2 * s[index], 1e-300)
      return (s[index] / distance) * (s[index] / distance)
    }
    let others = means.indices.reduce(0) { sum, index in
      index == best ? sum : sum + shares[index] * shares[index] / (s[index] * s[index])
    }
    shares[best] = s[best] * others.squareRoot()
    let total = shares.reduce(0, +)
    return shares.map { $0 / total }
  }

  /// A lower bound of the chance that the candidate with the least mean is the best (Bonferroni).
  package static func chanceOfBest(means: [Double], deviations: [Double], runs: [Int]) -> Double {
    guard let best = means.indices.min(by: { means[$0] < means[$1] }) else { return 0 }
    func variance(_ index: Int) -> Double { deviations[index] * deviations[index] / Double(max(1, runs[index])) }
    let doubt = means.indices.filter { $0 != best }.reduce(0.0) { sum, index in
      let deviation = (variance(best) + variance(index)).squareRoot()
      let distance = means[index] - means[best]
      if deviation == 0 { return sum + (distance > 0 ? 0 : 0.5) }
      return sum + Normal.cumulative(-distance / deviation)
    }
    return max(0, 1 - doubt)
  }
}
