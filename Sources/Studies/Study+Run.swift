import Foundation
import LinearAlgebra
import Search
import Storage

extension Study {
  /// Runs trials, `parallel` of them side by side, until a limit is reached or `isCancelled` says so. `isStopped` ends it once
  /// the running trials are finished.
  ///
  /// Trial n starts when all trials up to n - parallel are finished; it is suggested, and pruned, on what exactly these
  /// have shown and on the parameters of those between. Whether it starts at all depends on the same trials. So the table
  /// does not depend on how the threads fall; the price is a wait for the slowest of a window, which the summary tells. A
  /// trial that an interrupt stopped waits, with its number and parameters, for the next run. Throws the storage's
  /// errors and what a `TrialAbort` carries; the study stays usable.
  @discardableResult
  package func run(
    _ limits: RunLimits, objective: @escaping Objective, onEvent: (@Sendable (StudyEvent) -> Void)? = nil,
    isStopped: @escaping @Sendable () -> Bool = { false }, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> RunSummary {
    // Trials of an earlier run that a storage which was away did not take back.
    try gate.change { state in
      for number in state.running.subtracting(state.asked).sorted() { try giveBack(number, &state) }
    }
    let run = StudyRun(self, limits, objective, onEvent, isStopped, isCancelled)
    let heartbeat = Heartbeat(self)
    defer { heartbeat.end() }
    let workers = max(1, limits.parallel)
    if workers == 1 {
      run.work()
    } else {
      // This thread is the first of them: where the system refuses others, trials wait for it, with the same results.
      let threads = DispatchGroup()
      for _ in 1..<workers {
        threads.enter()
        let isStarted = SystemThread.start(stackSize: 8 << 20) {
          run.work()
          threads.leave()
        }
        if !isStarted { threads.leave() }
      }
      run.work()
      threads.wait()
    }
    return try run.summary()
  }
}

/// One call of `Study.run`: the loop of its workers and what they share.
final class StudyRun: Sendable {
  struct Progress {
    var started = 0
    var finished: [Int] = []
    var end: RunSummary.End?
    var error: (any Error)?
    var secondsWaited = 0.0
    var secondsSuggesting = 0.0
  }

  let study: Study
  let limits: RunLimits
  let objective: Objective
  let onEvent: (@Sendable (StudyEvent) -> Void)?
  let isStopped: @Sendable () -> Bool
  let isCancelled: @Sendable () -> Bool
  let progress = Gate(Progress())
  let begun = ContinuousClock.now
  /// What is done together with other processes, or by this one alone.
  let plan: StudyPlan

  init(
    _ study: Study, _ limits: RunLimits, _ objective: @escaping Objective, _ onEvent: (@Sendable (StudyEvent) -> Void)?,
    _ isStopped: @escaping @Sendable () -> Bool, _ isCancelled: @escaping @Sendable () -> Bool
  ) {
    self.study = study
    self.limits = limits
    self.objective = objective
    self.onEvent = onEvent
    self.isStopped = isStopped
    self.isCancelled = isCancelled
    plan = limits.plan ?? StudyPlan(first: study.gate.withLock { $0.nextNumber }, limits)
  }

  /// Trials whose results a trial does not see, itself among them.
  var window: Int { plan.parallel }

  var seconds: Double { (ContinuousClock.now - begun) / .seconds(1) }

  func summary() throws -> RunSummary {
    try progress.withLock { progress in
      if let error = progress.error { throw error }
      return RunSummary(
        end: progress.end ?? .trials, finished: progress.finished.sorted(), seconds: seconds,
        secondsWaited: progress.secondsWaited, secondsSuggesting: progress.secondsSuggesting)
    }
  }

  /// A worker: takes the next trial while there is one.
  func work() {
    do {
      while let record = try next() { try carryOut(record) }
    } catch {
      progress.withLock { if $0.error == nil { $0.error = error } }
      stop(.cancelled)
    }
  }

  private func stop(_ end: RunSummary.End) {
    progress.withLock { if $0.end == nil { $0.end = end } }
  }

  private var hasStopped: Bool { progress.withLock { $0.end != nil } }

  /// Waits until the next trial may start, and starts it; nil where the run is at its end.
  private func next() throws -> TrialRecord? {
    let arrived = ContinuousClock.now
    let number = try study.gate.wait { state -> Int?? in
      if self.hasStopped { return .some(nil) }
      if self.isCancelled() { self.stop(.cancelled); return .some(nil) }
      if state.isSuggesting { return nil }
      switch try self.choice(&state, since: arrived) {
      case .wait: return nil
      case .end(let end):
        self.stop(end)
        return .some(nil)
      case .begin(let number):
        self.progress.withLock { $0.started += 1 }
        state.isSuggesting = true
        return .some(number)
      }
    }
    guard let number else { return nil }
    let suggesting = ContinuousClock.now
    let start = try study.start(
      number, knowing: .upTo(parallel: window), planned: plan.planned, steps: limits.steps)
    progress.withLock {
      $0.secondsWaited += (suggesting - arrived) / .seconds(1)
      $0.secondsSuggesting += (ContinuousClock.now - suggesting) / .seconds(1)
    }
    switch start {
    case .started(let record): return record
    case .exhausted:
      stop(.exhausted)
      return nil
    case .taken:
      progress.withLock { $0.started -= 1 }
      return try next()
    }
  }

  private enum Choice {
    case begin(Int)
    case wait
    case end(RunSummary.End)

    var begins: Bool { if case .begin = self { true } else { false } }
  }

  /// What to do next, as far as the storage knows. One of several processes chooses when it has its turn.
  private func choice(_ state: inout Study.State, since arrival: ContinuousClock.Instant) throws -> Choice {
    guard limits.plan != nil else {
      try study.glance(&state, since: arrival)
      return choice(state)
    }
    var next = choice(state)
    if !next.begins {
      try study.glance(&state, since: arrival)
      next = choice(state)
    }
    guard next.begins else { return next }
    guard try study.takeTurn(&state) else { return .wait }
    next = choice(state)
    if !next.begins { try study.storage.endTurn() }
    return next
  }

  /// The same by what is known here.
  private func choice(_ state: Study.State) -> Choice {
    let number = state.nextNumber
    if let end = end(before: number, state) { return .end(end) }
    if let total = plan.total, number >= total { return .wait }
    let known = number - window
    if state.running.contains(where: { $0 <= known && !state.asked.contains($0) }) { return .wait }
    if state.elsewhere.keys.contains(where: { $0 <= known && waits(for: $0, state) }) { return .wait }
    if let end = state.end(plan, before: number) { return .end(end) }
    return .begin(number)
  }

  /// An end that can be told before the results are in.
  private func end(before number: Int, _ state: Study.State) -> RunSummary.End? {
    if let trials = limits.trials, progress.withLock({ $0.started >= trials }) { return .trials }
    if let timeout = limits.timeout, seconds >= timeout { return .timeout }
    if plan.hasRunOut { return .timeout }
    if isStopped() { return .stopped }
    // A worker stays while others run the last trials: one of these may be lost, and is then run here.
    if let total = plan.total, number >= total, !state.elsewhere.keys.contains(where: { waits(for: $0, state) }) {
      return .trials
    }
    return nil
  }

  /// Whether another process runs the trial for the same plan.
  func waits(for number: Int, _ state: Study.State) -> Bool {
    guard limits.plan != nil, let elsewhere = state.elsewhere[number] else { return false }
    return elsewhere.owner.isAsked != true
  }
}
