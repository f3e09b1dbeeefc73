#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Numbers as people read them. Every function is a pure map from a value to ASCII text.
package enum Number {
  /// The shortest text that reads back as the same value: `0.1`, `3.0`, `1e-05`, `nan`, `inf`.
  package static func shortest(_ value: Double) -> String { value.isNaN ? "nan" : "\(value)" }

  /// The shortest text of a `Float`, without the digits a `Double` would add: `0.1`.
  package static func shortest(_ value: Float) -> String { value.isNaN ? "nan" : "\(value)" }

  /// Rounded to `digits` significant digits, without trailing zeros: `0.0312`, `1.2e-05`, `12346`, `0`.
  ///
  /// Whole digits are never rounded away below 10^15; scientific notation starts below 1e-4 and at 1e15.
  package static func significant(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite else { return shortest(value) }
    if value == 0 { return "0" }
    let digits = min(max(digits, 1), 17)
    let magnitude = value.magnitude
    if magnitude >= 1e15 || magnitude < 1e-4 { return scientific(value, digits: digits) }
    let decimals = max(0, digits - 1 - exponent(of: value, digits: digits))
    return withoutTrailingZeros(fixed(value, decimals: decimals))
  }

  /// `digits` significant digits with an exponent: `1.2e-05`, `3e+20`.
  package static func scientific(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite else { return shortest(value) }
    let text = formatted("%.*e", max(0, digits - 1), value)
    guard let mark = text.firstIndex(of: "e") else { return text }
    return withoutTrailingZeros(String(text[..<mark])) + text[mark...]
  }

  /// A fixed number of decimals: `0.310`. Never `-0.000`.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return shortest(value) }
    let text = formatted("%.*f", min(max(decimals, 0), 340), value)
    if text.first == "-", text.allSatisfy({ "-0.".contains($0) }) { return String(text.dropFirst()) }
    return text
  }

  /// A share as a percentage: 0.9123 is `91.2%`.
  package static func percent(_ share: Double, decimals: Int = 1) -> String {
    guard share.isFinite else { return shortest(share) }
    return fixed(share * 100, decimals: decimals) + "%"
  }

  /// A whole number with thousands separators: `1,234,567`.
  package static func count(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var text = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// A size in decimal units: `512 B`, `1.5 kB`, `47 MB`.
  package static func bytes(_ value: Int) -> String {
    var size = Double(value)
    var unit = 0
    let units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"]
    while size.magnitude >= 999.5, unit < units.count - 1 {
      size /= 1000
      unit += 1
    }
    return (unit == 0 ? "\(value)" : significant(size, digits: size.magnitude < 10 ? 2 : 3)) + " " + units[unit]
  }

  /// The decimal exponent of `value` once it is rounded to `digits` significant digits: 0.09996 with 3 digits is 0.1, so -1.
  static func exponent(of value: Double, digits: Int) -> Int {
    let text = formatted("%.*e", max(0, digits - 1), value)
    guard let mark = text.firstIndex(of: "e") else { return 0 }
    return Int(text[text.index(after: mark)...]) ?? 0
  }

  static func withoutTrailingZeros(_ text: String) -> String {
    guard text.contains("."), !text.contains("e") else { return text }
    var kept = Substring(text)
    while kept.last == "0" { kept.removeLast() }
    if kept.last == "." { kept.removeLast() }
    return kept == "-0" ? "0" : String(kept)
  }

  private static func formatted(_ format: String, _ precision: Int, _ value: Double) -> String {
    withVaList([Int32(precision), value]) { arguments in
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 704) { buffer in
        let length = vsnprintf(buffer.baseAddress!, buffer.count, format, arguments)
        return String(decoding: buffer.prefix(Int(length)).lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      }
    }
  }
}
