import Kernel
import Testing

@Suite struct OutboxTests {
  private let start = ContinuousClock.now
  private func frames(_ number: Int) -> [[UInt8]] { [[UInt8](repeating: UInt8(number), count: 10)] }

  /// A subscriber who takes so many messages more.
  private final class Subscriber {
    var room: Int
    var taken: [UInt8] = []
    init(room: Int) { self.room = room }

    func send(_ frames: [[UInt8]], _ isDropping: Bool) -> Bool {
      if room > 0 {
        room -= 1
        taken.append(frames[0][0])
        return true
      }
      return isDropping
    }
  }

  @Test func `What is not taken waits, in order, as long as someone reads`() {
    let subscriber = Subscriber(room: 1)
    var outbox = Outbox()
    for number in 0..<9 { outbox.append(frames(number), at: start) }
    #expect(outbox.bytes == 90)
    var now = start
    for _ in 0..<9 {
      _ = outbox.flush(at: now, isFull: true, subscriber.send)
      now += Outbox.patience
      subscriber.room = 1
    }
    #expect(subscriber.taken == Array(0..<9))
    #expect(outbox.isEmpty && outbox.bytes == 0 && !outbox.isDropping)
  }

  @Test func `Who takes nothing is given up where cells wait, and told when it reads again`() {
    let subscriber = Subscriber(room: 0)
    var outbox = Outbox()
    outbox.append(frames(0), at: start)
    let later = start + Outbox.patience + .milliseconds(1)
    _ = outbox.flush(at: later, isFull: false, subscriber.send)
    #expect(!outbox.isEmpty, "nobody waits for it: nothing is lost")
    _ = outbox.flush(at: later, isFull: true, subscriber.send)
    #expect(outbox.isEmpty && outbox.isDropping)
    outbox.append(frames(1), at: later)
    _ = outbox.flush(at: later, isFull: false, subscriber.send)
    #expect(outbox.isEmpty, "it has been given up already")
    subscriber.room = 1
    outbox.append(frames(2), at: later)
    let isAwake = outbox.flush(at: later, isFull: false, subscriber.send)
    #expect(isAwake)
    #expect(subscriber.taken == [2] && !outbox.isDropping)
  }
}
