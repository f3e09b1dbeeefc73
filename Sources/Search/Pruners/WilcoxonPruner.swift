import Vocabulary

#if canImport(Glibc)
  import Glibc
#endif

/// Prunes a trial that a signed-rank test, step by step against the best trial, finds worse: for folds and problem instances.
package struct WilcoxonPruner: Pruner {
  package static let syntax = Syntax(
    "wilcoxon", "prunes where a signed-rank test against the best trial's reports finds it worse: for cross-validation",
    source: "Wilcoxon 1945; conventions of Optuna 5",
    options: [
      Option(
        "p", .float(FloatRange(0, 1)), default: .float(0.1), "the chance of pruning an equally good trial that is borne"
      ),
      Option("startup", .int(0...1_000_000), default: .int(2), "steps in common before a trial may be pruned"),
    ], example: "tune pruner=wilcoxon(p=0.1)")
  static let entry = Pruners.Entry(syntax) { call throws(SearchError) in
    WilcoxonPruner(threshold: call.float("p", syntax) ?? 0.1, startup: call.int("startup", syntax) ?? 2)
  }

  /// Whether a call is this pruner: its steps are a trial's folds or repeats, not epochs.
  package static func compares(_ call: Call) -> Bool { call.name == syntax.name }

  /// After how many steps in common a call can find a trial worse: with n of them no p-value is below 2^-n.
  package static func fewestSteps(_ call: Call) -> Int {
    let (p, startup) = (call.float("p", syntax) ?? 0.1, call.int("startup", syntax) ?? 2)
    let telling = (1...1074).first { pow(2, -Double($0)) < p } ?? .max
    return max(2, startup, telling)
  }

  let threshold: Double
  let startup: Int

  package func shouldPrune(_ request: PruningRequest) -> Bool {
    let direction = request.direction
    let own = request.trial.reports
    guard !own.isEmpty, own.allSatisfy(\.value.isFinite), let best = best(request.history, direction),
      !best.reports.isEmpty, best.reports.allSatisfy(\.value.isFinite)
    else { return false }
    let differences = own.compactMap { report in
      best.report(at: report.step).map { direction.key(report.value) - direction.key($0) }
    }
    guard differences.count >= max(2, startup), SignedRank.pValue(differences) < threshold else { return false }
    // A trial whose mean is better than the best one's is borne whatever the ranks say.
    func mean(_ reports: [(step: Int, value: Double)]) -> Double {
      reports.reduce(0) { $0 + direction.key($1.value) } / Double(reports.count)
    }
    return mean(best.reports) < mean(own)
  }

  private func best(_ history: [Observation], _ direction: Direction) -> Observation? {
    var best: Observation?
    for trial in history where trial.state == .complete && trial.isFeasible {
      guard let value = trial.values.first else { continue }
      if best == nil || direction.key(value) < direction.key(best!.values[0]) { best = trial }
    }
    return best
  }
}

/// Wilcoxon's signed-rank test, one-sided: are the differences greater than zero? Zeros count half to each side.
package enum SignedRank {
  /// Exact up to 50 differences without ties and zeros, and up to 13 with; the normal approximation beyond (as SciPy chooses).
  package static func pValue(_ differences: [Double]) -> Double {
    let count = differences.count
    let (ranks, tieTerm) = ranks(differences.map(abs))
    let hasZeros = differences.contains(0)
    let positive = zip(differences, ranks).reduce(0) { $0 + ($1.0 > 0 ? $1.1 : $1.0 == 0 ? $1.1 / 2 : 0) }
    if count <= 13 || (count <= 50 && tieTerm == 0 && !hasZeros) {
      // Twice the ranks are whole numbers; zeros add the same to every outcome.
      let loose = zip(differences, ranks).filter { $0.0 != 0 }.map { Int(2 * $0.1) }
      let fixed = zip(differences, ranks).reduce(0) { $1.0 == 0 ? $0 + $1.1 : $0 }
      return share(atLeast: Int((2 * positive - fixed).rounded(.up)), loose)
    }
    let n = Double(count)
    let mean = n * (n + 1) / 4
    let deviation = ((n * (n + 1) * (2 * n + 1) - tieTerm / 2) / 24).squareRoot()
    return deviation == 0 ? 1 : 0.5 * erfc((positive - mean) / deviation * 0.5.squareRoot())
  }

  /// Average ranks, and the sum of t^3 - t over groups of t equal values.
  private static func ranks(_ values: [Double]) -> ([Double], Double) {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var tieTerm = 0.0
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count && values[order[end]] == values[order[start]] { end += 1 }
      for place in start..<end { ranks[order[place]] = Double(start + end + 1) / 2 }
      let size = Double(end - start)
      tieTerm += size * size * size - size
      start = end
    }
    return (ranks, tieTerm)
  }

  /// The share of all sign patterns whose positive parts sum to at least `bound`.
  private static func share(atLeast bound: Int, _ parts: [Int]) -> Double {
    var counts = [1.0]
    for part in parts {
      var next = counts + [Double](repeating: 0, count: part)
      for (sum, count) in counts.enumerated() { next[sum + part] += count }
      counts = next
    }
    if bound <= 0 { return 1 }
    if bound >= counts.count { return 0 }
    return counts[bound...].reduce(0, +) / pow(2, Double(parts.count))
  }
}
