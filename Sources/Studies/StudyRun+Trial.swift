import struct FoundationEssentials.Date
import Search
import Storage
import Synchronization

extension StudyRun {
  /// Runs a trial that has been started, and closes it.
  func carryOut(_ record: TrialRecord) throws {
    study.events.send(.started(record), to: onEvent)
    guard let finished = try reuse(record) ?? evaluate(record) else { return }
    progress.withLock { $0.finished.append(finished.number) }
    study.events.send(.finished(finished), to: onEvent)
  }

  /// The result of an earlier trial of the same configuration, waited for where it still runs.
  private func reuse(_ record: TrialRecord) throws -> TrialRecord? {
    if record.parent != nil { return nil }
    let point = record.point
    let arrived = ContinuousClock.now
    return try study.gate.wait { state -> TrialRecord?? in
      guard let first = state.firstWith[point], first < record.number else { return .some(nil) }
      let earlier = state.records[first]
      switch earlier.state {
      case .running where self.isCancelled():
        try self.study.giveBack(record.number, &state)
        return .some(nil)
      case .running where state.running.contains(first) && !state.asked.contains(first): return nil
      case .running where self.waits(for: first, state):
        try self.study.glance(&state, since: arrived)
        return nil
      case .waiting where self.limits.plan != nil:
        // It was given back, and is to be run before this one.
        try self.study.giveBack(record.number, &state)
        return .some(nil)
      case .complete, .pruned, .failed:
        // What another program has told comes from a training that nothing is known of.
        guard state.settings.recipe == nil || earlier.configuration != nil else { return .some(nil) }
        var copy = record
        (copy.state, copy.values, copy.precision, copy.reports) = (
          earlier.state, earlier.values, earlier.precision, earlier.reports
        )
        copy.violations = earlier.violations
        (copy.configuration, copy.metrics) = (earlier.configuration, earlier.metrics)
        copy.reason = "same configuration as trial \(first)" + (earlier.reason.map { ": " + $0 } ?? "")
        copy.seconds = 0
        for report in copy.reports {
          try self.study.storage.report(report.value, at: report.step, of: state.ids[record.number])
        }
        return .some(try self.study.finish(copy, at: Date(), &state))
      default: return .some(nil)
      }
    }
  }

  /// Calls the objective; nil where the trial was given back.
  private func evaluate(_ record: TrialRecord) throws -> TrialRecord? {
    let (history, pruner, settings) = study.gate.withLock { state in
      (state.pruner.looksBack ? known(before: record.number, state) : [], state.pruner, state.settings)
    }
    if study.gate.withLock({ $0.records[record.number].state != .running }) { return nil }
    let precision = Mutex(TrialPrecision())
    let context = TrialContext(
      number: record.number, point: record.point, seed: TrialContext.seed(study: settings.seed, number: record.number),
      parent: record.parent,
      report: { [study, onEvent, limits] step, value in
        let trial = try study.gate.withLock { state in
          try study.keepReport(step, value, of: record.number, &state)
          return state.observations[record.number]
        }
        study.events.send(.reported(number: record.number, step: step, value: value), to: onEvent)
        guard settings.directions.count == 1 else { return false }
        return pruner.shouldPrune(
          PruningRequest(
            trial: trial, history: history, direction: settings.directions[0], key: String(settings.seed),
            steps: limits.steps))
      },
      precision: { given in precision.withLock { $0 = given } },
      keep: { [study] configuration, metrics in
        study.gate.withLock { $0.keep(configuration, metrics, of: record.number) }
      },
      isCancelled: { [isCancelled, progress] in isCancelled() || progress.withLock { $0.error != nil } })
    let outcome: Study.Outcome
    do {
      let values = try objective(context)
      outcome =
        values.count == settings.directions.count
        ? .complete(values)
        : .failed(reason: "the objective gave \(values.count) values where \(settings.directions.count) were expected")
    } catch let pruned as TrialPruned {
      outcome = .pruned(reason: pruned.reason)
    } catch let abort as TrialAbort {
      try study.gate.change { try study.giveBack(record.number, &$0) }
      throw abort.error
    } catch let error as StorageError {
      try? study.gate.change { try study.giveBack(record.number, &$0) }
      throw error
    } catch {
      if context.isCancelled || error is TrialCancelled {
        try study.gate.change { try study.giveBack(record.number, &$0) }
        return nil
      }
      outcome = .failed(reason: String(describing: error))
    }
    let given = precision.withLock { $0 }
    return try study.gate.change { try study.close(record.number, outcome, precision: given, &$0) }
  }

  /// What pruning may look at: finished when the trial started, and for good.
  private func known(before number: Int, _ state: Study.State) -> [Observation] {
    let count = max(0, number - window + 1)
    return count >= state.observations.count ? state.observations : Array(state.observations[..<count])
  }
}
