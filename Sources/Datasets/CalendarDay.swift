import Foundation

/// A day of the Gregorian calendar, which is carried on before 1582, as NumPy and pandas do.
struct CalendarDay {
  let year: Double
  /// From 1.
  let month: Double
  let day: Double

  /// A whole number of days since 1970, by H. Hinnant's algorithm (years begin in March there).
  init(_ days: Double) {
    let z = days + 719_468
    let era = (z / 146_097).rounded(.down)
    let dayOfEra = z - era * 146_097
    let correction =
      (dayOfEra / 1460).rounded(.down) - (dayOfEra / 36_524).rounded(.down) + (dayOfEra / 146_096).rounded(.down)
    let yearOfEra = ((dayOfEra - correction) / 365).rounded(.down)
    let dayOfYear = dayOfEra - (365 * yearOfEra + (yearOfEra / 4).rounded(.down) - (yearOfEra / 100).rounded(.down))
    let shifted = ((5 * dayOfYear + 2) / 153).rounded(.down)
    month = shifted < 10 ? shifted + 3 : shifted - 9
    day = dayOfYear - ((153 * shifted + 2) / 5).rounded(.down) + 1
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }
}

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
