import Vocabulary

/// Prunes a trial whose report leaves given bounds or is not a number.
package struct ThresholdPruner: Pruner {
  package static let syntax = Syntax(
    "threshold", "prunes where a report is below lower, above upper or not a number", source: "conventions of Optuna 5",
    options: [
      Option("lower", .float(.finite), defaultText: "no bound", "the smallest report that is borne"),
      Option("upper", .float(.finite), defaultText: "no bound", "the largest report that is borne"),
      Option("warmup", .int(0...1_000_000), default: .int(0), "steps before a trial may be pruned"),
      Option("interval", .int(1...1_000_000), default: .int(1), "steps between decisions, counted from the warm-up"),
    ], example: "tune pruner=threshold(upper=2.5, warmup=1)")
  static let entry = Pruners.Entry(syntax) { call throws(SearchError) in
    let (lower, upper) = (call.float("lower", syntax), call.float("upper", syntax))
    if lower == nil && upper == nil {
      throw SearchError("threshold needs lower or upper", hint: "for example threshold(upper=2.5)")
    }
    if let lower, let upper, lower > upper { throw SearchError("threshold: lower \(lower) is above upper \(upper)") }
    return ThresholdPruner(
      lower: lower ?? -.infinity, upper: upper ?? .infinity,
      schedule: PruningSteps(warmup: call.int("warmup", syntax) ?? 0, interval: call.int("interval", syntax) ?? 1))
  }

  let lower: Double
  let upper: Double
  let schedule: PruningSteps

  package func shouldPrune(_ request: PruningRequest) -> Bool {
    guard schedule.decisionStep(request.trial) != nil, let value = request.trial.reports.last?.value else {
      return false
    }
    return value.isNaN || value < lower || value > upper
  }
}
