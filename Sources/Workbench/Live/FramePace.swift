#if canImport(Glibc)
  import Glibc
#endif

/// When a live view is drawn again: ten times a second at most, and never so often that drawing takes more than a fifth of the time.
///
/// A frame is drawn by the thread that trains, and that of a long study is much work.
package struct FramePace {
  private var next: ContinuousClock.Instant?

  package init() {}

  package func isDue(at now: ContinuousClock.Instant) -> Bool { next.map { now >= $0 } ?? true }

  /// `cost` is processor time: a machine that is busy with other things makes no frame dearer.
  package mutating func made(at now: ContinuousClock.Instant, costing cost: Duration) {
    next = now + max(.milliseconds(100), cost * 5)
  }

  /// The processor time that the calling thread has used.
  static func workOfThisThread() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
