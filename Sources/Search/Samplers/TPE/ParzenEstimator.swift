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
  package init(_ domains: [Domain], columns: consuming [[Double]], weights: [Double]? = nil) {
    let count = columns.first?.count ?? 0
    var columns = columns
    dimensions = domains.indices.map { place in
      // Taken out of the list, a column is the dimension's own and not copied.
      var column: [Double] = []
      swap(&column, &columns[place])
      return ParzenDimension(domains[place], observations: column)
    }
    var all = weights ?? Self.forgetting(count)
    var total = 1.0
    for weight in all { total += weight }
    all.append(1)
    for kernel in all.indices { all[kernel] /= total }
    self.weights = count == 0 ? [1] : all
  }

  /// Weights of m observations from the oldest: a ramp from 1/m to 1, then 1 for the newest 25.
  static func forgetting(_ count: Int) -> [Double] {
    var weights = [Double](repeating: 1, count: count)
    let ramp = count - 25
    if ramp <= 0 { return weights }
    let first = 1 / Double(count)
    for index in 0..<ramp { weights[index] = first + Double(index) * (1 - first) / Double(max(1, ramp - 1)) }
    return weights
  }

  /// Draws configurations: a column a domain. Numeric kernels are made `spread` times as wide for it.
  ///
  /// Numbers are taken in this order: the kernels, then each set in order of domains, then each numeric domain. The first domains have
  /// the values `given`: kernels then count by how likely these are under them, and only the other domains' columns are drawn.
  package func sample(
    _ count: Int, spread: Double = 1, given: [Double] = [], _ random: inout some UniformSource
  ) -> [[Double]] {
    var cumulative: [Double] = []
    var sum = 0.0
    for weight in given.isEmpty ? weights : self.weights(given: given) {
      sum += weight
      cumulative.append(sum)
    }
    let active = (0..<count).map { _ -> Int in
      let u = random.uniform()
      return cumulative.firstIndex { $0 / sum > u } ?? weights.count - 1
    }
    let free = dimensions[given.count...]
    var columns = [[Double]](repeating: [], count: free.count)
    for (index, dimension) in free.enumerated() {
      if case .choices = dimension.kernels { columns[index] = dimension.sampleChoices(active, &random) }
    }
    for (index, dimension) in free.enumerated() {
      if case .numeric = dimension.kernels { columns[index] = dimension.sampleNumbers(active, spread: spread, &random) }
    }
    return columns
  }

  /// The kernels' weights where the first domains have these values: the likelier a kernel makes them, the more it counts.
  private func weights(given: [Double]) -> [Double] {
    let terms = zip(dimensions, given).map { $0.logDensities(at: [$1]) }
    var logs = weights.map { log($0) }
    var scales = [Double](repeating: 0, count: weights.count)
    let all = weights.indices
    for term in terms {
      term.prepare(all, constants: &logs, scales: &scales)
      term.add(candidate: 0, of: all, scales: scales, to: &logs)
    }
    let most = logs.max() ?? 0
    return logs.map { exp($0 - most) }
  }

  /// log p of configurations given as columns. O(candidates · kernels · domains).
  ///
  /// Block by block of the kernels, every candidate in turn, the prior's block first: with it at hand most blocks of a long study are
  /// seen to be too far away to count.
  package func logDensity(_ columns: [[Double]]) -> [Double] {
    let terms = zip(dimensions, columns).map { $0.logDensities(at: $1) }
    var totals = [LogSum](repeating: LogSum(), count: columns.first?.count ?? 0)
    let zeros = [Double](repeating: 0, count: Self.block)
    var (constants, sums) = (zeros, zeros)
    var scales = [[Double]](repeating: zeros, count: terms.count)
    for start in stride(from: (weights.count - 1) / Self.block * Self.block, through: 0, by: -Self.block) {
      let block = start..<min(start + Self.block, weights.count)
      constants.place(zeros, zeros.indices)
      for place in terms.indices { terms[place].prepare(block, constants: &constants, scales: &scales[place]) }
      for candidate in totals.indices {
        sums.place(constants, constants.indices)
        for place in terms.indices {
          terms[place].add(candidate: candidate, of: block, scales: scales[place], to: &sums)
        }
        totals[candidate].add(&sums, weights: weights, of: block)
      }
    }
    return totals.map(\.value)
  }

  private static let block = 128
}

extension ParzenEstimator {
  /// The kernels' widths, a list a numeric domain, the prior's last; nil for a set.
  package var widths: [[Double]?] {
    dimensions.map { if case .numeric(_, let widths) = $0.kernels { widths } else { nil } }
  }
}
