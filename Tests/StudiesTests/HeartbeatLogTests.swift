import Foundation
import Studies
import Testing

struct HeartbeatLogTests {
  @Test func `a heartbeat ages by a clock that cannot be set`() {
    var log = HeartbeatLog()
    let (beat, start) = (Date(timeIntervalSince1970: 1_000_000), ContinuousClock.now)
    #expect(log.age(of: 3, beat, today: beat + 5, now: start) == 5)
    // The system's clock is set forward by a day, and then back by two.
    #expect(log.age(of: 3, beat, today: beat + 86_407, now: start + .seconds(2)) == 7)
    #expect(log.age(of: 3, beat, today: beat - 86_400, now: start + .seconds(60)) == 65)
    // Another heartbeat begins anew, and trials have their own.
    #expect(log.age(of: 3, beat + 60, today: beat + 61, now: start + .seconds(61)) == 1)
    #expect(log.age(of: 4, beat, today: beat + 90, now: start) == 90)
  }
}
