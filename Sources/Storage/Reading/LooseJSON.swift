/// A JSON text as Python's `json` writes it: `NaN`, `Infinity` and `-Infinity` are numbers, ints have any length.
///
/// It decodes what other programs have stored, so it never traps: a text that is not JSON, or is nested deeper than
/// `depthLimit`, is nil. Linear in the length of the text.
package indirect enum LooseJSON: Sendable, Equatable {
  case null
  case bool(Bool)
  case int(Int)
  /// Also an int that has more than 64 bits.
  case float(Double)
  case text(String)
  case list([LooseJSON])
  /// In written order; of equal keys the last one counts.
  case object([Member])

  package struct Member: Sendable, Equatable {
    package var key: String
    package var value: LooseJSON

    package init(key: String, value: LooseJSON) {
      self.key = key
      self.value = value
    }
  }

  static let depthLimit = 64

  package init?(_ text: String) {
    var reader = LooseJSONReader(bytes: Array(text.utf8))
    guard let value = reader.value(depth: 0) else { return nil }
    reader.skipSpace()
    guard reader.isAtEnd else { return nil }
    self = value
  }

  package subscript(key: String) -> LooseJSON? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key == key }?.value
  }

  package var text: String? { if case .text(let text) = self { text } else { nil } }
  package var bool: Bool? { if case .bool(let flag) = self { flag } else { nil } }
  package var list: [LooseJSON]? { if case .list(let values) = self { values } else { nil } }

  package var number: Double? {
    switch self {
    case .int(let value): Double(value)
    case .float(let value): value
    default: nil
    }
  }

  /// A whole number of 64 bits, also if it is written as `3.0`.
  package var int: Int? {
    switch self {
    case .int(let value): value
    case .float(let value): Int(exactly: value)
    default: nil
    }
  }

  /// As Python writes it.
  package var json: String {
    switch self {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .int(let value): "\(value)"
    case .float(let value): value.isNaN ? "NaN" : value.isFinite ? "\(value)" : value > 0 ? "Infinity" : "-Infinity"
    case .text(let text): Self.quoted(text)
    case .list(let values): "[" + values.map(\.json).joined(separator: ", ") + "]"
    case .object(let members):
      "{" + members.map { Self.quoted($0.key) + ": " + $0.value.json }.joined(separator: ", ") + "}"
    }
  }

  /// A text in JSON's quotes.
  package static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

/// Reads JSON byte by byte.
private struct LooseJSONReader {
  let bytes: [UInt8]
  var index = 0

  var isAtEnd: Bool { index == bytes.count }
  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { index += 1 }
  }

  private mutating func takes(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    index += 1
    return true
  }

  private mutating func takes(_ word: String) -> Bool {
    guard bytes[index...].starts(with: word.utf8) else { return false }
    index += word.utf8.count
    return true
  }

  mutating func value(depth: Int) -> LooseJSON? {
    if depth > LooseJSON.depthLimit { return nil }
    skipSpace()
    switch next {
    case UInt8(ascii: "\""): return text().map(LooseJSON.text)
    case UInt8(ascii: "["): return list(depth)
    case UInt8(ascii: "{"): return object(depth)
    case UInt8(ascii: "n"): return takes("null") ? .null : nil
    case UInt8(ascii: "t"): return takes("true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return takes("false") ? .bool(false) : nil
    case UInt8(ascii: "N"): return takes("NaN") ? .float(.nan) : nil
    case UInt8(ascii: "I"): return takes("Infinity") ? .float(.infinity) : nil
    default: return takes("-Infinity") ? .float(-.infinity) : number()
    }
  }

  private mutating func list(_ depth: Int) -> LooseJSON? {
    index += 1
    var values: [LooseJSON] = []
    skipSpace()
    if takes(UInt8(ascii: "]")) { return .list([]) }
    while true {
      guard let value = value(depth: depth + 1) else { return nil }
      values.append(value)
      skipSpace()
      if takes(UInt8(ascii: "]")) { return .list(values) }
      guard takes(UInt8(ascii: ",")) else { return nil }
    }
  }

  private mutating func object(_ depth: Int) -> LooseJSON? {
    index += 1
    var members: [LooseJSON.Member] = []
    skipSpace()
    if takes(UInt8(ascii: "}")) { return .object([]) }
    while true {
      skipSpace()
      guard let key = text() else { return nil }
      skipSpace()
      guard takes(UInt8(ascii: ":")), let value = value(depth: depth + 1) else { return nil }
      members.append(.init(key: key, value: value))
      skipSpace()
      if takes(UInt8(ascii: "}")) { return .object(members) }
      guard takes(UInt8(ascii: ",")) else { return nil }
    }
  }

  private mutating func number() -> LooseJSON? {
    let start = index
    while let byte = next, (0x30...0x39).contains(byte) || "+-.eE".utf8.contains(byte) { index += 1 }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if text.isEmpty || text.hasPrefix("+") { return nil }
    if let int = Int(text) { return .int(int) }
    return Double(text).map(LooseJSON.float)
  }

  private mutating func text() -> String? {
    guard takes(UInt8(ascii: "\"")) else { return nil }
    var units: [UInt8] = []
    while let byte = next {
      index += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: units, as: UTF8.self) }
      guard byte == UInt8(ascii: "\\") else {
        units.append(byte)
        continue
      }
      guard let scalar = escaped() else { return nil }
      units += Array(String(Character(scalar)).utf8)
    }
    return nil
  }

  /// The scalar that an escape stands for; half of a surrogate pair alone is U+FFFD.
  private mutating func escaped() -> Unicode.Scalar? {
    guard let byte = next else { return nil }
    index += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{08}"
    case UInt8(ascii: "f"): return "\u{0C}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "u"): break
    default: return nil
    }
    guard let high = unit() else { return nil }
    guard (0xD800..<0xDC00).contains(high) else { return Unicode.Scalar(high) ?? "\u{FFFD}" }
    let mark = index
    if takes("\\u"), let low = unit(), (0xDC00..<0xE000).contains(low) {
      return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    }
    index = mark
    return "\u{FFFD}"
  }

  private mutating func unit() -> UInt32? {
    guard index + 4 <= bytes.count else { return nil }
    let digits = String(decoding: bytes[index..<index + 4], as: UTF8.self)
    guard digits.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
      let value = UInt32(digits, radix: 16)
    else { return nil }
    index += 4
    return value
  }
}
