import Drawing
import Language
import NeuralNetworks
import Search
import Studies

extension Tuning {
  /// Trains the best again if `confirm=` asks for it, and says what that has chosen.
  func confirm(_ study: Study, _ request: TuneRequest) throws {
    guard let count = invocation.said("confirm")?.int else { return }
    let before = study.best?.number
    let confirmation = Confirmation(study: study, request: request, count: count, isCancelled: context.isCancelled)
    let outcome: Confirmation.Outcome?
    do { outcome = try maker.diagnosing(invocation.verb.span) { try confirmation.run() } } catch is TrialCancelled {
      throw Stopped(message: "confirming was interrupted; tune confirm=\(count) goes on")
    }
    guard let outcome, let best = study.best else { return }
    if invocation.isQuiet { return }
    for (trial, reason) in outcome.failures { context.warn("trial \(trial) failed as it was trained again: \(reason)") }
    if outcome.values.isEmpty { return }
    context.show(table(outcome, study, best))
    let trainings = outcome.values.reduce(0) { $0 + $1.values.count }
    let changed = best.number == before ? "it was the best before" : before.map { "trial \($0) was the best before" }
    context.print(
      "confirmed over \(trainings) trainings with fresh seeds: trial \(best.number) is chosen"
        + (changed.map { ", \($0)" } ?? "")
        + (outcome.chance >= 0.95
          ? "; the chance that it is the best of these is \(StudyQuotation.percent(outcome.chance)) or more"
          : outcome.values.count > 1 ? "; it cannot be told from all others for sure" : ""))
  }

  private func table(_ outcome: Confirmation.Outcome, _ study: Study, _ best: TrialRecord) -> Table {
    let sign = study.directions[0] == .minimize ? 1.0 : -1
    let ranked = outcome.values.map { ($0.trial, Spread($0.values), $0.values.count) }
      .sorted { (sign * $0.1.mean, $0.0.number) < (sign * $1.1.mean, $1.0.number) }
    let metric = study.metrics[0]
    return Table(
      title: "study \(study.name), the best \(ranked.count) trained again",
      columns: [.init("trial"), .init("\(metric) then"), .init("mean now"), .init("deviation"), .init("trainings")],
      rows: ranked.map { trial, spread, count in
        [
          "\(trial.number)", study.text(trial.values[0], 0), study.text(spread.mean, 0),
          study.text(spread.deviation, 0), "\(count)",
        ]
      }, marked: ranked.firstIndex { $0.0.number == best.number })
  }
}
