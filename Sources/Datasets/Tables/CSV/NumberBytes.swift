import Foundation

/// Reads decimal numbers from bytes, rounded correctly: equal to `strtod`'s to the last bit.
///
/// Up to 19 digits with a power of ten from -27 to 27 are done by one wide division or product; the rest goes to strtod.
package enum NumberBytes {
  private static let powersOfFive: [UInt64] = (0...27).map { (0..<$0).reduce(UInt64(1)) { power, _ in power * 5 } }
  private static let powersOfTen: [Double] = (0...22).map { pow(10, Double($0)) }

  /// The number that begins at `start` and the place after it. NaN, with the place `start`, if none begins there.
  ///
  /// Reads to the first byte that does not belong to the number: memory must end in such a byte. No blanks, no "inf".
  @inline(__always)
  static func scan(_ start: UnsafePointer<UInt8>, decimal: UInt8) -> (value: Double, end: UnsafePointer<UInt8>) {
    var place = start
    let negative = place.pointee == 0x2d
    if negative || place.pointee == 0x2b { place += 1 }
    var mantissa: UInt64 = 0
    let first = place
    while place.pointee &- 48 < 10 {
      mantissa = mantissa &* 10 &+ UInt64(place.pointee &- 48)
      place += 1
    }
    var digits = place - first
    var exponent = 0
    if place.pointee == decimal {
      place += 1
      let fraction = place
      while place.pointee &- 48 < 10 {
        mantissa = mantissa &* 10 &+ UInt64(place.pointee &- 48)
        place += 1
      }
      exponent = -(place - fraction)
      digits -= exponent
    }
    guard digits > 0 else { return (.nan, start) }
    if place.pointee | 0x20 == 0x65, let power = power(place) {
      exponent += power.value
      place = power.end
    }
    if digits > 19 { return (slow(start, place, decimal), place) }
    let value = exact(mantissa, exponent) ?? abs(slow(start, place, decimal))
    return (negative ? -value : value, place)
  }

  /// The exponent that begins with an e; nil if no digits follow.
  private static func power(_ start: UnsafePointer<UInt8>) -> (value: Int, end: UnsafePointer<UInt8>)? {
    var place = start + 1
    let negative = place.pointee == 0x2d
    if negative || place.pointee == 0x2b { place += 1 }
    let first = place
    var value = 0
    while place.pointee &- 48 < 10 {
      // Beyond any double; further digits change nothing.
      if value < 100_000 { value = value * 10 + Int(place.pointee &- 48) }
      place += 1
    }
    return place == first ? nil : (negative ? -value : value, place)
  }

  /// mantissa * 10^exponent, correctly rounded; nil if the exponent is out of reach.
  @inline(__always)
  private static func exact(_ mantissa: UInt64, _ exponent: Int) -> Double? {
    if mantissa == 0 { return 0 }
    if mantissa < 1 << 53, exponent >= -22, exponent <= 22 {
      // Both factors are exact, so one operation rounds once.
      return exponent < 0
        ? Double(mantissa) / powersOfTen[-exponent] : Double(mantissa) * powersOfTen[exponent]
    }
    guard exponent >= -27, exponent <= 27 else { return nil }
    let power = powersOfFive[exponent.magnitude.asInt]
    let shift = mantissa.leadingZeroBitCount
    let wide = mantissa << UInt64(shift)
    if exponent < 0 {
      let powerShift = power.leadingZeroBitCount
      let (quotient, rest) = (power << UInt64(powerShift)).dividingFullWidth((wide >> 1, wide << 63))
      return rounded(quotient, sticky: rest != 0, exponent: powerShift - shift - 63 + exponent)
    }
    let (high, low) = wide.multipliedFullWidth(by: power)
    if high == 0 { return rounded(low, sticky: false, exponent: exponent - shift) }
    let zeros = UInt64(high.leadingZeroBitCount)
    let top = zeros == 0 ? high : high << zeros | low >> (64 - zeros)
    return rounded(top, sticky: low << zeros != 0, exponent: exponent - shift + 64 - Int(zeros))
  }

  /// bits * 2^exponent to 53 bits, half to even; `sticky` if the true value is a little above.
  @inline(__always)
  private static func rounded(_ bits: UInt64, sticky: Bool, exponent: Int) -> Double {
    let zeros = bits.leadingZeroBitCount
    let normal = bits << UInt64(zeros)
    let (rest, kept) = (normal & 0x7ff, normal >> 11)
    let up = rest > 0x400 || rest == 0x400 && (sticky || kept & 1 == 1)
    return Double(up ? kept + 1 : kept) * Double(bitPattern: UInt64(1023 + exponent + 11 - zeros) << 52)
  }

  private static func slow(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ decimal: UInt8) -> Double {
    var text = Array(UnsafeBufferPointer(start: start, count: end - start)).map { CChar(bitPattern: $0) }
    if decimal != 0x2e { text = text.map { $0 == CChar(bitPattern: decimal) ? 0x2e : $0 } }
    text.append(0)
    return strtod(text, nil)
  }

  /// The number that the whole of a text is; nil if it is none.
  package static func number(_ text: some StringProtocol, decimal: UInt8 = 0x2e) -> Double? {
    let bytes = Array(text.utf8) + [0]
    return bytes.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return nil }
      let (value, end) = scan(start, decimal: decimal)
      return end > start && end - start == bytes.count - 1 ? value : nil
    }
  }
}

extension UInt {
  fileprivate var asInt: Int { Int(bitPattern: self) }
}
