import struct FoundationEssentials.Date

/// Times as a study file has them: `2026-03-01 09:30:00.250000`, UTC without saying so.
enum StoredDate {
  static func text(_ date: Date) -> String {
    let micros = Int64((date.timeIntervalSince1970 * 1_000_000).rounded())
    let (seconds, fraction) = micros.quotientAndFloor(1_000_000)
    let (days, ofDay) = seconds.quotientAndFloor(86_400)
    let (year, month, day) = civil(days)
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2)) \(padded(ofDay / 3600, 2)):"
      + "\(padded(ofDay / 60 % 60, 2)):\(padded(ofDay % 60, 2)).\(padded(fraction, 6))"
  }

  /// Also with a `T`, without a fraction or with a shorter one, with a zone's `Z`; nil if it is not a time of the years
  /// 1 to 9999, as Python's are.
  static func date(_ text: String) -> Date? {
    var numbers: [Int64] = []
    var fraction = 0.0
    var digits = ""
    var isFraction = false
    guard text.utf8.count <= 64 else { return nil }
    for character in text + " " {
      if character.isASCII, character.isNumber {
        digits.append(character)
        continue
      }
      if !digits.isEmpty {
        if isFraction { fraction = Double("0." + digits) ?? 0 } else { numbers.append(Int64(digits) ?? -1) }
      }
      digits = ""
      isFraction = character == "."
      if character == "+" || character == "Z" { break }
    }
    while (3..<6).contains(numbers.count) { numbers.append(0) }
    let limits: [ClosedRange<Int64>] = [1...9999, 1...12, 1...31, 0...24, 0...59, 0...60]
    guard numbers.count >= 6, zip(limits, numbers).allSatisfy({ $0.contains($1) }) else { return nil }
    let seconds = days(numbers[0], numbers[1], numbers[2]) * 86_400 + numbers[3] * 3600 + numbers[4] * 60 + numbers[5]
    return Date(timeIntervalSince1970: Double(seconds) + fraction)
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// Year, month and day of a count of days from 1970-01-01 (Hinnant's algorithm for the Gregorian calendar).
  private static func civil(_ days: Int64) -> (Int64, Int64, Int64) {
    let z = days + 719_468
    let (era, dayOfEra) = z.quotientAndFloor(146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let y = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = y.quotientAndFloor(400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}

extension Int64 {
  /// Quotient rounded down and the remainder that is not negative.
  fileprivate func quotientAndFloor(_ divisor: Int64) -> (Int64, Int64) {
    let (q, r) = quotientAndRemainder(dividingBy: divisor)
    return r < 0 ? (q - 1, r + divisor) : (q, r)
  }
}
