import Foundation
import Synchronization

/// How a file that another program has locked is waited for: a minute at most, said after half a second, ended at once when
/// whoever waits is interrupted.
package final class StorageWait: Sendable {
  private struct State {
    var isCancelled: @Sendable () -> Bool = { false }
    var say: @Sendable (String) -> Void = { _ in }
    /// When the present waiting has begun, and whether it was said.
    var began: ContinuousClock.Instant?
    var isSaid = false
    /// Whether it ended by an interrupt.
    var isInterrupted = false
    /// Whether nothing is waited for.
    var isImpatient = false
  }
  private let state = Mutex(State())
  static let limit = 60.0
  private static let silence = 0.5
  private static let pause = 0.01

  package init() {}

  package func giveUp(when isCancelled: @escaping @Sendable () -> Bool) {
    state.withLock { $0.isCancelled = isCancelled }
  }
  package func tell(_ say: @escaping @Sendable (String) -> Void) { state.withLock { $0.say = say } }
  /// Whether whoever waits is interrupted.
  package func isCancelled() -> Bool { state.withLock { $0.isCancelled }() }
  var isInterrupted: Bool { state.withLock { $0.isInterrupted } }

  /// Runs `body` without waiting for anyone.
  func impatiently<Result>(_ body: () throws -> Result) rethrows -> Result {
    state.withLock { $0.isImpatient = true }
    defer { state.withLock { $0.isImpatient = false } }
    return try body()
  }

  /// SQLite's busy handler for attempt number `attempt`: whether to try once more, after a pause.
  func mayGoOn(_ attempt: Int, for name: String) -> Bool {
    let (mayGoOn, message, say) = state.withLock { state -> (Bool, String?, @Sendable (String) -> Void) in
      if attempt == 0 { (state.began, state.isSaid, state.isInterrupted) = (.now, false, false) }
      if state.isImpatient { return (false, nil, state.say) }
      if state.isCancelled() {
        state.isInterrupted = true
        return (false, nil, state.say)
      }
      let waited = state.began.map { (ContinuousClock.now - $0) / .seconds(1) } ?? 0
      if waited >= Self.silence, !state.isSaid {
        state.isSaid = true
        return (true, "waiting for '\(name)', which another program has locked", state.say)
      }
      return (waited < Self.limit, nil, state.say)
    }
    if let message { say(message) }
    if mayGoOn { Thread.sleep(forTimeInterval: Self.pause) }
    return mayGoOn
  }
}
