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

  /// Draws configurations: a column a domain. Numeric kernels are made `spread` times as wide for it.
  ///
  /// Numbers are taken in this order: the kernels, then each set in order of domains, then each numeric domain.
  package func sample(_ count: Int, spread: Double = 1, _ random: inout some UniformSource) -> [[Double]] {
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
      if case .numeric = dimension.kernels { columns[index] = dimension.sampleNumbers(active, spread: spread, &random) }
    }
    return columns
  }

  /// log p of configurations given as columns. O(candidates · kernels · domains).
  ///
  /// Block by block of the kernels, every candidate in turn: what a block's kernels are made of stays in the processor's cache however
  /// long the study.
  package func logDensity(_ columns: [[Double]]) -> [Double] {
    let logWeights = weights.map { log($0) }
    let terms = zip(dimensions, columns).map { $0.logDensities(at: $1) }
    var totals = [LogSum](repeating: LogSum(), count: columns.first?.count ?? 0)
    var sums = [Double](repeating: 0, count: min(Self.block, logWeights.count))
    for start in stride(from: 0, to: logWeights.count, by: Self.block) {
      let block = start..<min(start + Self.block, logWeights.count)
      if sums.count != block.count { sums = [Double](repeating: 0, count: block.count) }
      for candidate in totals.indices {
        for place in sums.indices { sums[place] = logWeights[start + place] }
        for term in terms { term.add(candidate: candidate, of: block, to: &sums) }
        totals[candidate].add(sums)
      }
    }
    return totals.map(\.value)
  }

  private static let block = 1024
}

/// log Σ exp(terms), the terms added in blocks.
private struct LogSum {
  private var largest = -Double.infinity
  /// Σ exp(term - largest).
  private var sum = 0.0

  var value: Double { largest == -.infinity ? largest : largest + log(sum) }

  mutating func add(_ terms: [Double]) {
    let own = Self.largest(terms)
    if own == -.infinity { return }
    if own > largest {
      sum *= exp(largest - own)
      largest = own
    }
    // A kernel 40 below the largest adds nothing to 17 digits.
    for term in terms where term > largest - 40 { sum += exp(term - largest) }
  }

  /// Eight at a time: one comparison waits for the one before it.
  private static func largest(_ terms: [Double]) -> Double {
    var lanes = SIMD8<Double>(repeating: -.infinity)
    var place = 0
    while place + 8 <= terms.count {
      for lane in 0..<8 where terms[place + lane] > lanes[lane] { lanes[lane] = terms[place + lane] }
      place += 8
    }
    var largest = lanes.max()
    while place < terms.count {
      largest = max(largest, terms[place])
      place += 1
    }
    return largest
  }
}

extension ParzenEstimator {
  /// The kernels' widths, a list a numeric domain, the prior's last; nil for a set.
  package var widths: [[Double]?] {
    dimensions.map { if case .numeric(_, let widths) = $0.kernels { widths } else { nil } }
  }
}
