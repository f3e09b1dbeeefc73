/// What a shell's queue asks the kernel to do.
package enum ExecuteAction<Job>: Sendable where Job: Sendable {
  /// Run this one now.
  case start(Job)
  /// The running one's end can be told.
  case close(Job)
  /// Answer this one with an error: an earlier one failed.
  case abort(Job)
}

/// The order in which a shell's execute requests run, and what a failure does to those after it.
///
/// A client that runs all cells sends their requests without waiting for answers. They can take a second to arrive, one by one,
/// while a mistake is found in microseconds. What was sent before the client could know of a failure must not run. So the last
/// answer to such a burst is held back until no request has come for a while: a request that arrives while an answer is
/// held cannot be meant as a reaction to it, and is aborted. Its own answer is then the one that is held, so only the last cell of
/// a burst is ever answered late. A client that waits for each answer is never misunderstood.
///
/// A held queue starts nothing yet, because nobody listens who could be told that a cell is done. A client connects its
/// sockets one by one, and each that finds a starting kernel's port closed tries again a tenth of a second or two
/// later; a quick kernel would have run the first cell, and told it to no one, before the last of them is there.
package struct ExecuteQueue<Job: Sendable>: Sendable {
  package typealias Instant = ContinuousClock.Instant
  package typealias Action = ExecuteAction<Job>

  /// How long a failed cell's end waits for another request. Front ends' servers pass a notebook's requests on a few milliseconds
  /// apart.
  package static var burst: Duration { .milliseconds(50) }
  /// The silence that ends a burst once a request of it was aborted. A busy server pauses; only the last aborted cell waits for it.
  package static var silence: Duration { .milliseconds(300) }
  /// A held queue lets its first cell start after this time, listener or not.
  package static var patience: Duration { .seconds(1) }

  private enum State: Sendable {
    case idle
    case running(Job, stopsOnError: Bool)
    /// A cell failed; the last answer, which is not given before the time named.
    case failed(last: Action, until: Instant)
  }
  private struct Entry: Sendable {
    var job: Job
    var stopsOnError: Bool
  }
  private var state = State.idle
  private var isClosed = false
  private var lastArrival: Instant?
  private var waiting: [Entry] = []
  /// Entries before it have been taken; the array is cut when it is used up, so taking one costs nothing.
  private var head = 0
  private var isHeld: Bool
  private var holdEnd: Instant?

  package init(isHeld: Bool = false) { self.isHeld = isHeld }

  package var isIdle: Bool { if case .idle = state { true } else { false } }

  /// When `tick` has something to do.
  package var deadline: Instant? { if case .failed(_, let until) = state { until } else { holdEnd } }

  package mutating func enqueue(_ job: Job, stopsOnError: Bool, at now: Instant) -> [Action] {
    if isClosed { return [.abort(job)] }
    lastArrival = now
    if case .failed(let last, let until) = state {
      if now >= until { return tick(at: now) + enqueue(job, stopsOnError: stopsOnError, at: now) }
      state = .failed(last: .abort(job), until: now + Self.silence)
      return [last]
    }
    waiting.append(Entry(job: job, stopsOnError: stopsOnError))
    if isHeld {
      holdEnd = holdEnd ?? now + Self.patience
      return []
    }
    return isIdle ? startNext() : []
  }

  /// Ends the hold, if there is one.
  package mutating func release() -> [Action] {
    guard isHeld else { return [] }
    isHeld = false
    holdEnd = nil
    return isClosed ? [] : startNext()
  }

  /// The running job has ended.
  package mutating func finish(hasFailed: Bool, at now: Instant) -> [Action] {
    guard case .running(let job, let stopsOnError) = state else { return [] }
    guard hasFailed, stopsOnError, !isClosed else { return [.close(job)] + startNext() }
    var answers = [.close(job)] + takeAll()
    let wait = answers.count > 1 ? Self.silence : Self.burst
    let last = answers.removeLast()
    state = .failed(last: last, until: (lastArrival ?? now) + wait)
    return answers + tick(at: now)
  }

  package mutating func tick(at now: Instant) -> [Action] {
    if let holdEnd, now >= holdEnd { return release() }
    guard case .failed(let last, let until) = state, now >= until else { return [] }
    state = .idle
    return [last]
  }

  /// Nothing is started any more. The running job still closes.
  package mutating func close() -> [Action] {
    isClosed = true
    guard case .failed(let last, _) = state else { return takeAll() }
    state = .idle
    return [last]
  }

  /// Aborts all that wait.
  private mutating func takeAll() -> [Action] {
    defer {
      waiting = []
      head = 0
    }
    return waiting[head...].map { .abort($0.job) }
  }

  private mutating func startNext() -> [Action] {
    guard head < waiting.count else {
      waiting.removeAll(keepingCapacity: waiting.capacity < 1024)
      head = 0
      state = .idle
      return []
    }
    let next = waiting[head]
    head += 1
    if head > 1024, head * 2 > waiting.count {
      waiting.removeFirst(head)
      head = 0
    }
    state = .running(next.job, stopsOnError: next.stopsOnError)
    return [.start(next.job)]
  }
}
