import Vocabulary

/// Prunes a trial whose best report so far is worse than a percentile of what complete trials reported at the same step.
///
/// The median pruner is the 50th percentile (Golovin et al. 2017).
package struct PercentilePruner: Pruner {
  private static let waits = [
    Option("startup", .int(0...100_000), default: .int(5), "complete trials before anything is pruned"),
    Option("warmup", .int(0...1_000_000), default: .int(0), "steps before a trial may be pruned"),
    Option("interval", .int(1...1_000_000), default: .int(1), "steps between decisions, counted from the warm-up"),
    Option("min_trials", .int(1...100_000), default: .int(1), "complete trials that must have reported at the step"),
  ]
  package static let syntax = Syntax(
    "percentile", "prunes where the best report so far is worse than a percentile of complete trials at that step",
    source: "Golovin et al. 2017; conventions of Optuna 5",
    options: [
      Option(
        "percentile", .float(FloatRange(0, 100)), default: .float(25), "the share, in percent, that is good enough")
    ] + waits, example: "tune pruner=percentile(25, warmup=2)")
  package static let medianSyntax = Syntax(
    "median", "prunes where the best report so far is worse than the median of complete trials at that step",
    source: "Golovin et al. 2017; conventions of Optuna 5", options: waits, example: "tune pruner=median(startup=5)")
  static let entry = Pruners.Entry(syntax) {
    PercentilePruner(percentile: $0.float("percentile", syntax) ?? 25, $0, syntax)
  }
  static let medianEntry = Pruners.Entry(medianSyntax) { PercentilePruner(percentile: 50, $0, medianSyntax) }

  let percentile: Double
  let startup: Int
  let schedule: PruningSteps
  let minTrials: Int

  private init(percentile: Double, _ call: Call, _ syntax: Syntax) {
    self.percentile = percentile
    startup = call.int("startup", syntax) ?? 5
    schedule = PruningSteps(warmup: call.int("warmup", syntax) ?? 0, interval: call.int("interval", syntax) ?? 1)
    minTrials = call.int("min_trials", syntax) ?? 1
  }

  package func shouldPrune(_ request: PruningRequest) -> Bool {
    let complete = request.history.filter { $0.state == .complete }
    guard !complete.isEmpty, complete.count >= startup, let step = schedule.decisionStep(request.trial) else {
      return false
    }
    let direction = request.direction
    let own = request.trial.reports.map(\.value).filter { !$0.isNaN }
    guard let best = own.min(by: { direction.key($0) < direction.key($1) }) else { return true }
    let others = complete.compactMap { $0.report(at: step) }
    guard others.count >= minTrials,
      let reference = Self.percentile(
        direction == .minimize ? percentile : 100 - percentile, others.filter { !$0.isNaN })
    else { return false }
    return direction.key(best) > direction.key(reference)
  }

  /// By linear interpolation between the sorted values; nil where there are none.
  static func percentile(_ share: Double, _ values: [Double]) -> Double? {
    if values.isEmpty { return nil }
    let sorted = values.sorted()
    let place = share / 100 * Double(sorted.count - 1)
    let below = Int(place)
    if below + 1 >= sorted.count || place == Double(below) { return sorted[min(below, sorted.count - 1)] }
    let (low, high) = (sorted[below], sorted[below + 1])
    return low == high ? low : low + (high - low) * (place - Double(below))
  }
}

/// The steps at which a pruner decides.
struct PruningSteps: Sendable {
  let warmup: Int
  let interval: Int

  /// The trial's last step, where a decision is due: past the warm-up, and the first report of its interval.
  func decisionStep(_ trial: Observation) -> Int? {
    guard let step = trial.reports.last?.step, step >= warmup else { return nil }
    let due = (step - warmup) / interval * interval + warmup
    let previous = trial.reports.dropLast().last?.step ?? -1
    return previous < due ? step : nil
  }
}

extension Observation {
  /// What was reported at a step.
  func report(at step: Int) -> Double? {
    // Reports are ascending and nearly always have every step from 1.
    if step >= 1, step <= reports.count, reports[step - 1].step == step { return reports[step - 1].value }
    return reports.first { $0.step == step }?.value
  }
}
