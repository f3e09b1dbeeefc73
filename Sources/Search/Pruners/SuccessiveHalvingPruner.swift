import Vocabulary

/// Asynchronous successive halving: at steps that grow by a factor, only the best share 1/factor goes on.
///
/// Rung r stands at step min_resource · factor^(skip + r). There a trial goes on if its report is among the best floor(k / factor)
/// (at least one) of the k reports that reached the rung, its own included.
package struct SuccessiveHalvingPruner: Pruner {
  package static let syntax = Syntax(
    "asha", "at steps that grow by a factor, only the best 1/factor of the trials goes on",
    formula: "rung r at step min_resource * factor^(skip + r); goes on if among the best floor(k / factor) of k",
    source: "Li et al. 2018 (arXiv 1810.05934); conventions of Optuna 5",
    options: [
      Option(
        "min_resource",
        .either([.word(["auto"]), .int(1...1_000_000), .float(FloatRange(0, 1, lowIsOpen: true, highIsOpen: true))]),
        default: .text("auto"),
        "the first rung's step, or a share of a whole trial's steps; auto: a ninth of them, at least 1"),
      Option("factor", .int(2...1000), default: .int(4), "one in so many goes on"),
      Option("skip", .int(0...100), default: .int(0), "rungs left out at the start"),
      Option("bootstrap", .int(0...100_000), default: .int(0), "trials that must reach a rung before one goes on"),
    ], example: "tune pruner=asha(factor=3)")
  static let entry = Pruners.Entry(syntax) { call throws(SearchError) in
    let bootstrap = call.int("bootstrap", syntax) ?? 0
    let resource = call.int("min_resource", syntax)
    if bootstrap > 0 && resource == nil {
      throw SearchError(
        "asha: bootstrap needs min_resource to be a number",
        hint: "with auto nothing is pruned before a trial is complete")
    }
    return SuccessiveHalvingPruner(
      minResource: resource,
      share: call.float("min_resource", syntax) ?? ninth,
      factor: call.int("factor", syntax) ?? 4, skip: call.int("skip", syntax) ?? 0, bootstrap: bootstrap)
  }

  /// Trials are then looked at after a ninth and four ninths of their steps: thirty of them cost less than ten whole ones.
  package static let ninth = 1.0 / 9

  /// nil: a share of a whole trial's steps.
  let minResource: Int?
  let share: Double
  let factor: Int
  let skip: Int
  let bootstrap: Int

  package init(minResource: Int? = nil, share: Double = ninth, factor: Int = 4, skip: Int = 0, bootstrap: Int = 0) {
    self.minResource = minResource
    self.share = share
    self.factor = factor
    self.skip = skip
    self.bootstrap = bootstrap
  }

  package func shouldPrune(_ request: PruningRequest) -> Bool {
    guard let last = request.trial.reports.last, let first = minResource ?? estimated(request) else { return false }
    let isKnown = minResource != nil || request.steps != nil
    let competitors = isKnown ? request.history[...] : afterFirstComplete(request.history)
    let before = request.trial.reports.dropLast().last?.step ?? 0
    var rung = step(of: 0, first)
    for _ in 0..<64 where rung <= last.step {
      // Rungs that the previous report had reached were decided then.
      if rung > before {
        if last.value.isNaN { return true }
        let others = competitors.compactMap { value(of: $0, at: rung) }
        if others.count + 1 <= bootstrap || !goesOn(last.value, others, request.direction) { return true }
      }
      let (next, overflow) = rung.multipliedReportingOverflow(by: factor)
      if overflow { break }
      rung = next
    }
    return false
  }

  private func step(of rung: Int, _ first: Int) -> Int {
    (0..<skip).reduce(first) { step, _ in
      let (next, overflow) = step.multipliedReportingOverflow(by: factor)
      return overflow ? .max : next
    }
  }

  /// A share of a whole trial's steps: those it is known to have, or those of the longest complete one.
  private func estimated(_ request: PruningRequest) -> Int? {
    let whole =
      request.steps ?? request.history.compactMap { $0.state == .complete ? $0.reports.last?.step : nil }.max()
    // A share is rarely a number that doubles can hold: a hundredth of 2,900 must be 29.
    return whole.map { max(Int(Double($0) * share + 1e-9), 1) }
  }

  /// Where the first rung is estimated, the trials that ran before it could be have no rungs (as in Optuna).
  private func afterFirstComplete(_ history: [Observation]) -> ArraySlice<Observation> {
    guard let first = history.firstIndex(where: { $0.state == .complete && !$0.reports.isEmpty }) else { return [] }
    return history[(first + 1)...]
  }

  /// What a trial showed when it came to a rung: its first report there or beyond.
  private func value(of trial: Observation, at rung: Int) -> Double? {
    if let value = trial.report(at: rung) { return value.isNaN ? nil : value }
    guard let last = trial.reports.last, last.step >= rung else { return nil }
    return trial.reports.first { $0.step >= rung }.flatMap { $0.value.isNaN ? nil : $0.value }
  }

  private func goesOn(_ value: Double, _ others: [Double], _ direction: Direction) -> Bool {
    let places = max((others.count + 1) / factor, 1)
    let key = direction.key(value)
    return others.count { direction.key($0) < key } < places
  }
}
