import Drawing
import Foundation
import Language
import Studies

/// Follows what a study's workers do, from its storage: the live view of `tune workers=...` and of `study open`.
struct WorkerWatch {
  let context: CellContext
  let roster: WorkerRoster
  let plan: StudyPlan
  let view: TuningView
  /// Where a mistake is shown.
  let span: Span

  private static let pause = 0.1
  private static let secondsPerStates = 2.0
  private static let secondsToEnd = 30.0

  /// Until the plan has ended, or an interrupt. Throws a diagnostic where every worker is gone before that.
  func follow() throws -> RunSummary.End {
    var told: Set<String> = []
    var lastStates = ContinuousClock.now - .seconds(60)
    var count = (running: roster.jobs.count, waiting: 0)
    var hasNobody = false
    while true {
      if context.isCancelled() { return .cancelled }
      if let end = try roster.study.look(at: plan) {
        roster.cancelWaiting()
        return end
      }
      // Nobody was there before this look, and it has not ended: nobody will end it.
      if hasNobody { throw nobodyLeft() }
      if (ContinuousClock.now - lastStates) / .seconds(1) >= Self.secondsPerStates, !roster.jobs.isEmpty {
        lastStates = .now
        let states = roster.states()
        for job in roster.jobs { tell(job, states[job.id], &told) }
        count = (states.values.count { $0 == .running }, states.values.count { $0 == .waiting })
        hasNobody = states.count == roster.jobs.count && states.values.allSatisfy(\.isEnded)
      }
      view.show(workers: roster.jobs.isEmpty ? nil : count)
      Thread.sleep(forTimeInterval: Self.pause)
    }
  }

  /// Cancels the workers and waits until they have given their trials back.
  func cancel() throws {
    roster.cancel()
    let limit = ContinuousClock.now + .seconds(Self.secondsToEnd)
    while !roster.living().isEmpty, ContinuousClock.now < limit { Thread.sleep(forTimeInterval: Self.pause) }
    _ = try roster.study.look(at: plan)
  }

  private func tell(_ job: WorkerJob, _ state: WorkerState?, _ told: inout Set<String>) {
    guard case .ended(let failure?) = state, told.insert(job.id).inserted else { return }
    let line = WorkerLog.lastLine(job.log).map { ": \($0)" } ?? ""
    context.output.write(
      "warning: worker \(job.name) \(failure); its log is \(Self.shown(job.log))\(line)\n", to: .stderr)
  }

  private func nobodyLeft() -> Diagnostic {
    Diagnostic(
      (roster.jobs.count == 1 ? "its worker has" : "all \(roster.jobs.count) workers have")
        + " ended before the study has: " + TrialsReport.counts(roster.study.trials), at: span,
      hint:
        "their logs are \(roster.jobs.map { Self.shown($0.log) }.joined(separator: ", ")); tune goes on with the study")
  }

  /// From the notebook's folder, as its files are named.
  private static func shown(_ log: String) -> String {
    let folder = Files.workingFolder + "/"
    return log.hasPrefix(folder) ? String(log.dropFirst(folder.count)) : log
  }
}
