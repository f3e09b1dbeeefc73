import Synchronization

/// What a cell's live views may send for the first time: a picture appears when a cell of its age may have sent as much.
///
/// A short cell so sends only what stays, and one that trains many networks does not open a picture for each. Renewals have
/// the kernel's budget.
package final class LiveBudget: Sendable {
  private static let bytesPerSecond = 25_000.0

  private let begun: ContinuousClock.Instant
  private let spent = Mutex(0)

  package init(since begun: ContinuousClock.Instant = .now) { self.begun = begun }

  /// Whether so many bytes may be sent now; they then count as sent.
  package func allows(_ bytes: Int, at now: ContinuousClock.Instant) -> Bool {
    spent.withLock { spent in
      guard Double(spent + bytes) <= (now - begun) / .seconds(1) * Self.bytesPerSecond else { return false }
      spent += bytes
      return true
    }
  }
}
