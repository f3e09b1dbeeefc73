/// A number as people write it: "$1,234.50", "12 kg", "(12.3)", "−5", "12,5 %".
struct DressedNumber {
  var isNegative = false
  /// The currency in front, and the unit, currency or % behind.
  var prefix = ""
  var suffix = ""
  /// Digits with points and commas; blanks, apostrophes and underscores between groups are gone.
  private var body: [UInt8] = []
  /// Whether such a blank, apostrophe or underscore was there.
  var hasGroups = false

  /// Whether the unit follows the digits without a blank.
  private(set) var isTight = false

  /// What the marks of a number say about the decimal mark. 1,234 may have a group's mark; 1,234,567 has nothing else.
  enum Evidence {
    case none, point, comma, groupByComma, groupByPoint, groupsByComma, groupsByPoint

    /// The decimal mark, if there is no doubt.
    var decimal: UInt8? {
      switch self {
      case .point, .groupsByComma: 0x2e
      case .comma, .groupsByPoint: 0x2c
      case .none, .groupByComma, .groupByPoint: nil
      }
    }
  }

  private static let currencies = [
    "US$", "R$", "A$", "C$", "NZ$", "HK$", "$", "€", "£", "¥", "₹", "₽", "₩", "₺", "USD", "EUR", "GBP", "CHF", "JPY",
    "CNY", "INR", "CAD", "AUD", "SEK", "NOK", "DKK", "PLN", "Rs.", "Rs", "kr", "zł",
  ].map { Array($0.utf8) }

  init?(_ text: some StringProtocol) { self.init(Array(text.utf8)[...]) }

  init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count <= 40, bytes.contains(where: { $0 &- 48 < 10 }) else { return nil }
    var rest = Self.trimmed(bytes)
    if rest.first == 0x28, rest.last == 0x29 {
      isNegative = true
      rest = Self.trimmed(rest.dropFirst().dropLast())
    }
    takeSign(&rest)
    for currency in Self.currencies where rest.starts(with: currency) {
      prefix = String(decoding: currency, as: UTF8.self)
      rest = Self.trimmed(rest.dropFirst(currency.count))
      takeSign(&rest)
      break
    }
    guard takeBody(&rest) else { return nil }
    // Of another base: 0x1f.
    guard body != [0x30] || rest.first.map({ $0 | 0x20 }) != 0x78 else { return nil }
    isTight = rest.first.map { $0 != 0x20 && $0 != 0xc2 } ?? false
    rest = Self.trimmed(rest)
    guard rest.isEmpty || Self.isUnit(rest) else { return nil }
    suffix = String(decoding: rest, as: UTF8.self)
  }

  private mutating func takeSign(_ rest: inout ArraySlice<UInt8>) {
    // The true minus and the dash too.
    for (sign, negative) in [([0x2d], true), ([0x2b], false), ([0xe2, 0x88, 0x92], true), ([0xe2, 0x80, 0x93], true)]
      as [([UInt8], Bool)] where rest.starts(with: sign)
    {
      if negative { isNegative.toggle() }
      rest = Self.trimmed(rest.dropFirst(sign.count))
      return
    }
  }

  private mutating func takeBody(_ rest: inout ArraySlice<UInt8>) -> Bool {
    func isDigit(_ offset: Int) -> Bool {
      let place = rest.startIndex + offset
      return place < rest.endIndex && rest[place] &- 48 < 10
    }
    while let byte = rest.first {
      if byte &- 48 < 10 || ((byte == 0x2e || byte == 0x2c) && (isDigit(1) || !body.isEmpty)) {
        body.append(byte)
        rest.removeFirst()
      } else if let mark = Self.groupMarks.first(where: { rest.starts(with: $0) }), !body.isEmpty,
        isDigit(mark.count), isDigit(mark.count + 1), isDigit(mark.count + 2), !isDigit(mark.count + 3)
      {
        hasGroups = true
        rest = rest.dropFirst(mark.count)
      } else if byte | 0x20 == 0x65, isDigit(1) || (isDigit(2) && [0x2b, 0x2d].contains(rest[rest.startIndex + 1])) {
        body.append(contentsOf: rest.prefix(2))
        rest = rest.dropFirst(2)
      } else {
        break
      }
    }
    return body.contains { $0 &- 48 < 10 }
  }

  /// Blank, no-break blanks, apostrophes and underscore.
  private static let groupMarks: [[UInt8]] = [
    [0x20], [0xc2, 0xa0], [0xe2, 0x80, 0xaf], [0x27], [0xe2, 0x80, 0x99], [0x5f],
  ]

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = bytes
    while let first = rest.first, first == 32 || first == 9 { rest.removeFirst() }
    while let last = rest.last, last == 32 || last == 9 { rest.removeLast() }
    while rest.starts(with: [0xc2, 0xa0]) { rest = rest.dropFirst(2) }
    while rest.suffix(2).elementsEqual([0xc2, 0xa0]) { rest = rest.dropLast(2) }
    return rest
  }

  /// Letters, %, degree and currency signs, at most with a 2 or 3 at the end and a stroke within.
  private static func isUnit(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count <= 12, let first = bytes.first, first != 0x2f, first != 0x2e else { return false }
    return bytes.enumerated().allSatisfy { index, byte in
      let isLetter = (0x61...0x7a).contains(byte | 0x20)
      let isPower = (byte == 0x32 || byte == 0x33) && index > 0 && index == bytes.count - 1
      return isLetter || byte >= 0x80 || isPower || [0x25, 0x24, 0x2f, 0x20, 0x5e, 0x2e].contains(byte)
    }
  }

  /// What the marks say: "1,5" has a decimal comma, "1,234" may have a group's, "1,234.5" has both.
  var evidence: Evidence {
    let points = body.count { $0 == 0x2e }
    let commas = body.count { $0 == 0x2c }
    if points == 0, commas == 0 { return .none }
    guard let last = body.lastIndex(where: { $0 == 0x2e || $0 == 0x2c }) else { return .none }
    let isComma = body[last] == 0x2c
    if points > 0, commas > 0 { return isComma ? .comma : .point }
    if points + commas > 1 { return isComma ? .groupsByComma : .groupsByPoint }
    let after = body[(last + 1)...].prefix { $0 &- 48 < 10 }.count
    let isGroup = after == 3 && last >= 1 && last <= 3 && body[0] != 0x30
    if isComma { return isGroup ? .groupByComma : .comma }
    return isGroup ? .groupByPoint : .point
  }

  var hasBothMarks: Bool { body.contains(0x2e) && body.contains(0x2c) }

  /// The number if `decimal` is the decimal mark and the other one stands between groups; nil if that cannot be.
  func value(decimal: UInt8) -> Double? {
    let group: UInt8 = decimal == 0x2e ? 0x2c : 0x2e
    var digits = body
    if digits.contains(group) {
      let whole = digits.prefix { $0 != decimal && $0 | 0x20 != 0x65 }
      guard !digits.dropFirst(whole.count).contains(group) else { return nil }
      let groups = whole.split(separator: group, omittingEmptySubsequences: false)
      guard groups.count > 1, groups[groups.count - 1].count == 3, (1...3).contains(groups[0].count),
        groups.dropFirst().allSatisfy({ $0.count == 3 || $0.count == 2 && group == 0x2c })
      else { return nil }
      digits.removeAll { $0 == group }
    }
    digits.append(0)
    let result: Double? = digits.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return nil }
      let (value, end) = NumberBytes.scan(start, decimal: decimal)
      return end - start == digits.count - 1 ? value : nil
    }
    return result.map { isNegative ? -$0 : $0 }
  }
}

/// Units that are known as such; with others it takes many different numbers to tell a unit from a name such as "4WD".
enum KnownUnits {
  static let all: Set<String> = [
    "%", "‰", "kg", "g", "mg", "µg", "ug", "t", "lb", "lbs", "oz", "m", "cm", "mm", "km", "µm", "mi", "ft", "in", "yd",
    "m2", "m²", "m3", "m³", "sqm", "sqft", "sq ft", "ha", "l", "L", "ml", "mL", "cl", "s", "ms", "sec", "min", "h",
    "hr",
    "hrs", "hours", "days", "d", "years", "yrs", "months", "°", "°C", "°F", "C", "F", "K", "W", "kW", "MW", "kWh", "V",
    "A", "Hz", "kHz", "MHz", "GHz", "B", "kB", "KB", "MB", "GB", "TB", "mph", "km/h", "kmh", "m/s", "hp", "bhp", "cc",
    "kcal", "cal", "kJ", "J", "Pa", "hPa", "kPa", "bar", "psi", "mmHg", "ppm", "dB", "kmpl", "mpg", "$", "€", "£", "¥",
    "USD", "EUR", "GBP", "CHF", "kr", "Nm", "mol", "mg/l", "mg/dl", "CC",
  ]
}
