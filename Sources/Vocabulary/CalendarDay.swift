/// A day of the Gregorian calendar, which is carried on before 1582, as NumPy and pandas do.
///
/// In floating point: a day that is not a number has no year, and one however far away ends no program.
package struct CalendarDay: Sendable, Equatable {
  package let year: Double
  /// From 1.
  package let month: Double
  /// From 1.
  package let day: Double

  /// A whole number of days since 1970, by H. Hinnant's algorithm (years begin in March there).
  package init(_ days: Double) {
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

  /// Days since 1970 of a date, by the same author's days_from_civil.
  package static func days(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let ofEra = shifted - era * 400
    let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
  }
}
