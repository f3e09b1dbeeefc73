import Foundation

/// Hands events over one at a time.
final class EventOrder: Sendable {
  private let lock = NSLock()

  func send(_ event: StudyEvent, to receiver: (@Sendable (StudyEvent) -> Void)?) {
    guard let receiver else { return }
    lock.withLock { receiver(event) }
  }
}
