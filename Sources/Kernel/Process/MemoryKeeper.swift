import CZeroMQ

/// When a kernel gives back what it no longer uses.
///
/// The C library keeps what is freed for what comes next: after a burst of messages, or a training on much data, that can
/// be most of the process, and a kernel may then wait for its next cell overnight. So once all has been quiet for a
/// while, whole free pages go back to the system. A busy kernel is left alone: its next message would only ask for them again.
package struct MemoryKeeper: Sendable {
  package typealias Instant = ContinuousClock.Instant

  package static let quiet = Duration.seconds(1)

  /// When `isDue` has something to say; nil where nothing has happened since memory was last given back.
  package private(set) var deadline: Instant?

  package init() {}

  /// Something was done: a request was served, a cell has ended.
  package mutating func worked(at now: Instant) { deadline = now + Self.quiet }

  /// True once after a quiet while. A cell that still runs needs its memory, and its end counts as work.
  package mutating func isDue(at now: Instant, whileRunning: Bool) -> Bool {
    guard let deadline, now >= deadline else { return false }
    self.deadline = nil
    return !whileRunning
  }

  /// Takes the locks of all of malloc's arenas one after the other, for some milliseconds where there is much to give.
  static func giveBack() { malloc_trim(0) }
}
