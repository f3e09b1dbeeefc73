import Foundation
import Jupyter
import Testing

@Suite struct TimestampTests {
  /// Against Foundation's calendar, over the ends of months, years, leap years and centuries.
  @Test(arguments: [
    0, 951_782_399, 951_782_400, 1_709_164_800, 1_735_689_599, 4_107_542_399, 4_107_542_400, 253_402_300_799,
  ])
  func `A date is that of the calendar`(seconds: Int) {
    let expected = Date(timeIntervalSince1970: TimeInterval(seconds)).ISO8601Format()
    #expect(Timestamp.text(seconds: seconds, microseconds: 42) == expected.dropLast() + ".000042Z")
  }

  @Test func `Now is now`() throws {
    let now = try Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(Timestamp.now)
    #expect(abs(now.timeIntervalSinceNow) < 60)
  }
}
