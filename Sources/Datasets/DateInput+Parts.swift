import Foundation
import Vocabulary

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
    case .year: return CalendarDay(day).year
    case .month: return CalendarDay(day).month - 1
    }
  }
}
