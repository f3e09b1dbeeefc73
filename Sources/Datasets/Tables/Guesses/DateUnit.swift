import Vocabulary

/// What the numbers of a column of dates count.
package enum DateUnit: String, Sendable, Codable {
  /// Times of a day without a date, in seconds since midnight.
  case clock
  case years, seconds, milliseconds, microseconds, nanoseconds

  /// The unit that suits numbers: whole ones from 1000 to 2999 are years, those of other sizes count from 1970. nil if
  /// none does.
  init?(of numbers: some Collection<Double>) {
    let most = numbers.reduce(0) { max($0, $1.magnitude) }
    if numbers.allSatisfy({ (1000...2999).contains($0) && $0 == $0.rounded() }) {
      self = .years
      return
    }
    switch most {
    case 1e8..<1e11: self = .seconds
    case 1e11..<1e14: self = .milliseconds
    case 1e14..<1e17: self = .microseconds
    case 1e17..<1e19: self = .nanoseconds
    default: return nil
    }
  }

  /// How many seconds one is; nil for years, which differ.
  package var length: Double? {
    switch self {
    case .clock, .seconds: 1
    case .milliseconds: 1e-3
    case .microseconds: 1e-6
    case .nanoseconds: 1e-9
    case .years: nil
    }
  }

  /// Seconds since 1970 (UTC); of a year those of its first day.
  func seconds(_ number: Double) -> Double {
    if let length { return number * length }
    guard (1...9999).contains(number), number == number.rounded() else { return .nan }
    return Double(CalendarDay.days(year: Int(number), month: 1, day: 1)) * 86400
  }

  var description: String {
    switch self {
    case .clock: "times of a day"
    case .years: "years"
    case .seconds, .milliseconds, .microseconds, .nanoseconds: "\(rawValue) since 1970"
    }
  }
}
