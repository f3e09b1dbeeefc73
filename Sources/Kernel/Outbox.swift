import Jupyter

/// What the subscribers have not taken yet. libzmq holds some hundred messages for each; what is beyond waits here, in order, and
/// the cells that write it wait with it. Nothing is lost as long as everyone reads, however slowly.
///
/// A subscriber that takes nothing at all for a while is given up: what it has no room for is dropped for it alone, until it
/// reads again. It costs what libzmq holds for it and what waits here.
package struct Outbox {
  package typealias Instant = ContinuousClock.Instant

  /// Messages that libzmq holds for a subscriber; a message of text is 64 kB at most.
  package static let heldMessages: Int32 = 256
  /// The time after which a subscriber that takes nothing is given up, if cells wait for it.
  package static let patience = Duration.seconds(2)
  /// When what waits is tried again: libzmq does not tell when a subscriber has room.
  package static let pause = Duration.milliseconds(2)

  package init() {}

  private var waiting: [[WireMessage.Frame]] = []
  private var head = 0
  package private(set) var bytes = 0
  private var lastProgress = Instant.now
  /// Whether a subscriber has been given up.
  package private(set) var isDropping = false

  package var isEmpty: Bool { head == waiting.count }

  package mutating func append(_ frames: [WireMessage.Frame], at now: Instant) {
    if isEmpty { lastProgress = now }
    waiting.append(frames)
    bytes += Self.size(frames)
  }

  /// Sends what there is room for. `send` is told whether it may drop the message for who has no room; without that it
  /// says false. True if a subscriber that had been given up reads again.
  package mutating func flush(
    at now: Instant, isFull: Bool, _ send: (_ frames: [WireMessage.Frame], _ dropping: Bool) -> Bool
  ) -> Bool {
    let wasDropping = isDropping
    while !isEmpty {
      if send(waiting[head], false) {
        isDropping = false
      } else if isDropping {
        _ = send(waiting[head], true)
      } else {
        isDropping = isFull && now - lastProgress > Self.patience
        if isDropping { continue }
        return false
      }
      lastProgress = now
      bytes -= Self.size(waiting[head])
      waiting[head] = []
      head += 1
    }
    waiting.removeAll(keepingCapacity: waiting.capacity < 1024)
    head = 0
    return wasDropping && !isDropping
  }

  private static func size(_ frames: [WireMessage.Frame]) -> Int { frames.reduce(0) { $0 + $1.count } }
}
