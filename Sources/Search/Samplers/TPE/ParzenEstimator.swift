#if canImport(Glibc)
  import Glibc
#endif

/// A mixture of product kernels, one an observation and one for the prior: the density of good, or of other, configurations.
package struct ParzenEstimator {
  let dimensions: [ParzenDimension]
  /// One a kernel, the prior's last; they sum to 1.
  package let weights: [Double]

  /// `columns` has a column of numbers a domain (indices of a set), rows in order of trials.
  ///
  /// `weights` are the observations'; nil: 1 for the newest 25, falling linearly to 1/m for the oldest where there are more.
  package init(_ domains: [Domain], columns: [[Double]], weights: [Double]? = nil) {
    dimensions = zip(domains, columns).map { ParzenDimension($0, observations: $1) }
    let count = columns.first?.count ?? 0
    let observed = weights ?? Self.forgetting(count)
    let total = observed.reduce(0, +) + 1
    self.weights = count == 0 ? [1] : (observed + [1]).map { $0 / total }
  }

  /// Weights of m observations from the oldest: a ramp from 1/m to 1, then 1 for the newest 25.
  static func forgetting(_ count: Int) -> [Double] {
    if count < 25 { return [Double](repeating: 1, count: count) }
    let ramp = count - 25
    let first = 1 / Double(count)
    return (0..<count).map { index in
      if index >= ramp { return 1 }
      return ramp == 1 ? first : first + Double(index) * (1 - first) / Double(ramp - 1)
    }
  }

  /// Draws configurations: a column a domain.
  ///
  /// Numbers are taken in this order: the kernels, then each set in order of domains, then each numeric domain.
  package func sample(_ count: Int, _ random: inout some UniformSource) -> [[Double]] {
    var cumulative: [Double] = []
    var sum = 0.0
    for weight in weights {
      sum += weight
      cumulative.append(sum)
    }
    let active = (0..<count).map { _ -> Int in
      let u = random.uniform()
      return cumulative.firstIndex { $0 / sum > u } ?? weights.count - 1
    }
    var columns = [[Double]](repeating: [], count: dimensions.count)
    for (index, dimension) in dimensions.enumerated() {
      if case .choices = dimension.kernels { columns[index] = dimension.sampleChoices(active, &random) }
    }
    for (index, dimension) in dimensions.enumerated() {
      if case .numeric = dimension.kernels { columns[index] = dimension.sampleNumbers(active, &random) }
    }
    return columns
  }

  /// log p of configurations given as columns. O(candidates · kernels · domains).
  package func logDensity(_ columns: [[Double]]) -> [Double] {
    let candidates = columns.first?.count ?? 0
    let kernelCount = weights.count
    let logWeights = weights.map { log($0) }
    var sums: [Double] = []
    sums.reserveCapacity(candidates * kernelCount)
    for _ in 0..<candidates { sums += logWeights }
    for (dimension, column) in zip(dimensions, columns) {
      dimension.addLogDensities(at: column, to: &sums, kernelCount: kernelCount)
    }
    return (0..<candidates).map { row in Self.logSumExp(sums[(row * kernelCount)..<((row + 1) * kernelCount)]) }
  }

  private static func logSumExp(_ terms: ArraySlice<Double>) -> Double {
    terms.withUnsafeBufferPointer { terms in
      var largest = -Double.infinity
      for term in terms where term > largest { largest = term }
      if largest == -.infinity { return largest }
      var sum = 0.0
      // A kernel 40 below the largest adds nothing to 17 digits.
      for term in terms where term > largest - 40 { sum += exp(term - largest) }
      return largest + log(sum)
    }
  }
}

extension ParzenEstimator {
  /// The kernels' widths, a list a numeric domain, the prior's last; nil for a set.
  package var widths: [[Double]?] {
    dimensions.map { if case .numeric(_, let widths) = $0.kernels { widths } else { nil } }
  }
}
