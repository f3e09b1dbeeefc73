/// What a shell's queue asks the kernel to do.
package enum ExecuteAction<Job>: Sendable where Job: Sendable {
  /// Run this one now.
  case start(Job)
  /// The running one's end can be told.
  case close(Job)
  /// Answer this one with an error: an earlier one failed.
  case abort(Job)
}

/// The order in which a shell's execute requests run, and what a failure does to those behind it.
///
/// A client that runs all cells sends their requests in one burst, which can take some milliseconds to arrive, while a
/// mistake is found in microseconds. So the end of a failed cell is held back until a short while after its request
/// came: whatever arrives before the client can know of the failure counts as queued behind it. Requests that
/// arrive later run.
///
/// A held queue starts nothing yet, because nobody listens who could be told that a cell is done. A client connects its
/// sockets one by one, and each that finds a starting kernel's port closed tries again a tenth of a second or two
/// later; a quick kernel would have run the first cell, and told it to no one, before the last of them is there.
package struct ExecuteQueue<Job: Sendable>: Sendable {
  package typealias Instant = ContinuousClock.Instant
  package typealias Action = ExecuteAction<Job>

  package static var burst: Duration { .milliseconds(20) }
  /// A held queue lets its first cell start after this time, listener or not.
  package static var patience: Duration { .seconds(1) }

  private enum State: Sendable {
    case idle
    case running(Job, receivedAt: Instant, stopsOnError: Bool)
    /// Failed; its end is told at the given time.
    case failed(Job, until: Instant)
  }
  private struct Entry: Sendable {
    var job: Job
    var receivedAt: Instant
    var stopsOnError: Bool
  }
  private var state = State.idle
  private var isClosed = false
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
    waiting.append(Entry(job: job, receivedAt: now, stopsOnError: stopsOnError))
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
    guard case .running(let job, let receivedAt, let stopsOnError) = state else { return [] }
    guard hasFailed, stopsOnError, !isClosed else { return [.close(job)] + startNext() }
    state = .failed(job, until: receivedAt + Self.burst)
    return tick(at: now)
  }

  package mutating func tick(at now: Instant) -> [Action] {
    if let holdEnd, now >= holdEnd { return release() }
    guard case .failed(let job, let until) = state, now >= until else { return [] }
    let aborted = takeAll()
    state = .idle
    return [.close(job)] + aborted
  }

  /// Nothing is started any more. The running job still closes.
  package mutating func close() -> [Action] {
    isClosed = true
    let aborted = takeAll()
    guard case .failed(let job, _) = state else { return aborted }
    state = .idle
    return [.close(job)] + aborted
  }

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
    state = .running(next.job, receivedAt: next.receivedAt, stopsOnError: next.stopsOnError)
    return [.start(next.job)]
  }
}
