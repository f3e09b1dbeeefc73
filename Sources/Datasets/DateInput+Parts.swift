import Foundation

extension DateInput.Part {
  /// The inputs of a moment, before scaling: a number, or an angle's sine and cosine.
  static func values(_ kind: DateInput.Kind, _ seconds: Double) -> [Double] {
    let value = number(kind, seconds)
    guard let period = kind.period else { return [value] }
    let angle = 2 * Double.pi * value / period
    return [sin(angle), cos(angle)]
  }

  func inputs(_ seconds: Double) -> [Float] {
    Self.values(kind, seconds).map { Float(kind.period == nil ? ($0 - mean) / deviation : $0) }
  }

  /// Year, month from 0, days since Monday, hours since midnight with their fraction, days since 1970 with theirs.
  package static func number(_ kind: DateInput.Kind, _ seconds: Double) -> Double {
    let day = (seconds / 86400).rounded(.down)
    switch kind {
    case .day: return seconds / 86400
    case .hour: return (seconds - day * 86400) / 3600
    case .weekday: return (day + 3) - ((day + 3) / 7).rounded(.down) * 7
    case .year: return civil(day).year
    case .month: return civil(day).month - 1
    }
  }

  /// The Gregorian year and month of a day since 1970, by H. Hinnant's algorithm (years begin in March there).
  private static func civil(_ day: Double) -> (year: Double, month: Double) {
    let z = day + 719_468
    let era = (z / 146_097).rounded(.down)
    let dayOfEra = z - era * 146_097
    let correction =
      (dayOfEra / 1460).rounded(.down) - (dayOfEra / 36_524).rounded(.down) + (dayOfEra / 146_096).rounded(.down)
    let yearOfEra = ((dayOfEra - correction) / 365).rounded(.down)
    let dayOfYear = dayOfEra - (365 * yearOfEra + (yearOfEra / 4).rounded(.down) - (yearOfEra / 100).rounded(.down))
    let shifted = ((5 * dayOfYear + 2) / 153).rounded(.down)
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month)
  }
}
