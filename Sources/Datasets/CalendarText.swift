import Foundation
import Vocabulary

/// Seconds since 1970 (UTC) as text; of a column of times without dates as a time.
package struct CalendarText {
  private let isClock: Bool

  package init(_ unit: DateUnit?) { isClock = unit == .clock }

  /// "2019-01-31", "10:30".
  package func day(_ seconds: Double) -> String {
    isClock ? Self.time(seconds, isShort: true) : Self.date(seconds)
  }

  /// "2019-01-31", or "2019-01-31 10:30:00" if that is not midnight.
  package func moment(_ seconds: Double) -> String {
    let start = (seconds / 86400).rounded(.down) * 86400
    if isClock { return Self.time(seconds, isShort: true) }
    return Self.date(seconds) + (seconds == start ? "" : " " + Self.time(seconds - start, isShort: false))
  }

  private static func date(_ seconds: Double) -> String {
    let day = CalendarDay((seconds / 86400).rounded(.down))
    return String(format: "%04d-%02d-%02d", Int(day.year), Int(day.month), Int(day.day))
  }

  private static func time(_ seconds: Double, isShort: Bool) -> String {
    let thousandths = Int((seconds * 1000).rounded())
    let (whole, rest) = (thousandths / 1000, thousandths % 1000)
    let minutes = String(format: "%02d:%02d", whole / 3600, whole / 60 % 60)
    if isShort, whole % 60 == 0, rest == 0 { return minutes }
    return minutes + String(format: ":%02d", whole % 60) + (rest == 0 ? "" : String(format: ".%03d", rest))
  }
}
