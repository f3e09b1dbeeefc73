import Vocabulary

#if canImport(Glibc)
  import Glibc
#endif

/// Several successive halvings side by side, from eager to patient; each trial belongs to one of them by its number.
package struct HyperbandPruner: Pruner {
  package static let syntax = Syntax(
    "hyperband", "several successive halvings side by side, from eager to patient",
    formula:
      "brackets = floor(log_factor(max_resource / min_resource)) + 1; bracket b starts at min_resource * factor^b",
    source: "Li et al. 2017 (arXiv 1603.06560); conventions of Optuna 5",
    options: [
      Option("min_resource", .int(1...1_000_000), default: .int(1), "the most eager bracket's first step"),
      Option(
        "max_resource", .either([.word(["auto"]), .int(1...1_000_000)]), default: .text("auto"),
        "steps of a whole trial; auto: the epochs of tune, else those of the longest complete trial"),
      Option("factor", .int(2...1000), default: .int(3), "one in so many goes on"),
      Option("bootstrap", .int(0...100_000), default: .int(0), "trials that must reach a rung before one goes on"),
    ], example: "tune pruner=hyperband(factor=3)")
  static let entry = Pruners.Entry(syntax) { call throws(SearchError) in
    let (low, high) = (call.int("min_resource", syntax) ?? 1, call.int("max_resource", syntax))
    if let high, high < low { throw SearchError("hyperband: max_resource \(high) is below min_resource \(low)") }
    return HyperbandPruner(
      minResource: low, maxResource: high, factor: call.int("factor", syntax) ?? 3,
      bootstrap: call.int("bootstrap", syntax) ?? 0)
  }

  let minResource: Int
  let maxResource: Int?
  let factor: Int
  let bootstrap: Int

  package init(minResource: Int = 1, maxResource: Int? = nil, factor: Int = 3, bootstrap: Int = 0) {
    self.minResource = minResource
    self.maxResource = maxResource
    self.factor = factor
    self.bootstrap = bootstrap
  }

  package func shouldPrune(_ request: PruningRequest) -> Bool {
    guard let longest = longest(request.history, request.steps) else { return false }
    let own = bracket(of: request.trial.number, request.key, shares(longest))
    var request = request
    request.history = comparable(
      request.history, with: request.trial.number, key: request.key, steps: request.steps)
    return SuccessiveHalvingPruner(minResource: minResource, factor: factor, skip: own, bootstrap: bootstrap)
      .shouldPrune(request)
  }

  /// The trials of the same bracket; all of them while the number of brackets is not known.
  package func comparable(_ history: [Observation], with number: Int, key: String, steps: Int? = nil) -> [Observation] {
    guard let longest = longest(history, steps) else { return history }
    let shares = shares(longest)
    let own = bracket(of: number, key, shares)
    return history.filter { bracket(of: $0.number, key, shares) == own }
  }

  /// The steps of a whole trial: those that were said, those that it is known to have, or those of the longest complete one.
  private func longest(_ history: [Observation], _ known: Int?) -> Int? { maxResource ?? known ?? estimated(history) }

  private func estimated(_ history: [Observation]) -> Int? {
    history.compactMap { $0.state == .complete ? $0.reports.last?.step : nil }.max().map { $0 == .max ? $0 : $0 + 1 }
  }

  /// How many of a round's trials each bracket gets, from the most eager: ceil(n factor^s / (s + 1)).
  private func shares(_ longest: Int) -> [Int] {
    let ratio = Double(longest) / Double(minResource)
    let count = max(1, Int((log(ratio) / log(Double(factor))).rounded(.down)) + 1)
    return (0..<count).map { bracket in
      let s = count - 1 - bracket
      // Steps may be any number: a share beyond these is all the same nearly all trials.
      return Int(min((Double(count) * pow(Double(factor), Double(s)) / Double(s + 1)).rounded(.up), 1e15))
    }
  }

  private func bracket(of number: Int, _ key: String, _ shares: [Int]) -> Int {
    var place = Int(CRC32.of("\(key)_\(number)".utf8)) % shares.reduce(0, +)
    for (bracket, share) in shares.enumerated() {
      place -= share
      if place < 0 { return bracket }
    }
    return 0
  }
}

/// The checksum of zip files (polynomial 0xEDB88320, reflected).
enum CRC32 {
  static func of(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var checksum: UInt32 = 0xffff_ffff
    for byte in bytes {
      checksum ^= UInt32(byte)
      for _ in 0..<8 { checksum = (checksum >> 1) ^ (checksum & 1 == 0 ? 0 : 0xedb8_8320) }
    }
    return ~checksum
  }
}
