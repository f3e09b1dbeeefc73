import Glibc

/// The time of day as message headers want it: ISO 8601, microseconds, in UTC.
package enum Timestamp {
  package static var now: String {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return text(seconds: time.tv_sec, microseconds: time.tv_nsec / 1000)
  }

  /// Written by hand: a formatter costs more than the rest of a header. Days to date as in Howard Hinnant's
  /// "chrono-compatible low-level date algorithms", for any day since 1970.
  package static func text(seconds: Int, microseconds: Int) -> String {
    let days = seconds / 86400 + 719_468
    let era = days / 146_097
    let dayOfEra = days % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    let time = seconds % 86400
    return "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))T\(pad(time / 3600, 2)):\(pad(time / 60 % 60, 2)):"
      + "\(pad(time % 60, 2)).\(pad(microseconds, 6))Z"
  }

  private static func pad(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
