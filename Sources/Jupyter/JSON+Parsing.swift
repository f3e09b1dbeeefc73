/// Why a text is not JSON, and where.
package struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
  package var reason: String
  package var offset: Int
  package var description: String { "\(reason) at byte \(offset)" }
}

extension JSON {
  /// How deep arrays and objects may nest. Parsing recurses, so a bound keeps a hostile text from ending the process.
  package static let maximumDepth = 128

  /// Reads one JSON value (RFC 8259) and nothing after it. Integers beyond 64 bits become doubles, half a surrogate pair
  /// becomes U+FFFD, and of a repeated key the last wins, as in Python. NaN and Infinity are not JSON.
  package init(parsing bytes: [UInt8]) throws(JSONError) {
    var parser = JSONParser(bytes: bytes)
    self = try parser.document()
  }

  package init(parsing text: String) throws(JSONError) { try self.init(parsing: Array(text.utf8)) }
}

/// A recursive descent over UTF-8 bytes.
private struct JSONParser {
  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

  func failure(_ reason: String) -> JSONError { JSONError(reason: reason, offset: position) }

  mutating func skipSpace() {
    while position < bytes.count, case let byte = bytes[position], byte == 0x20 || (byte >= 0x09 && byte <= 0x0D),
      byte != 0x0B, byte != 0x0C
    { position += 1 }
  }

  mutating func expect(_ byte: UInt8) throws(JSONError) {
    guard position < bytes.count, bytes[position] == byte else {
      throw failure("expected '\(Character(UnicodeScalar(byte)))'")
    }
    position += 1
  }

  mutating func document() throws(JSONError) -> JSON {
    let value = try value(depth: 0)
    skipSpace()
    guard position == bytes.count else { throw failure("text after the value") }
    return value
  }

  mutating func value(depth: Int) throws(JSONError) -> JSON {
    guard depth < JSON.maximumDepth else { throw failure("nested deeper than \(JSON.maximumDepth)") }
    skipSpace()
    switch current {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw failure("no value")
    }
  }

  mutating func word(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
    for index in 0..<word.utf8CodeUnitCount { try expect(word.utf8Start[index]) }
    return value
  }

  mutating func object(depth: Int) throws(JSONError) -> JSON {
    try expect(UInt8(ascii: "{"))
    var members: [String: JSON] = [:]
    skipSpace()
    if current == UInt8(ascii: "}") {
      position += 1
      return .object(members)
    }
    while true {
      skipSpace()
      let key = try string()
      skipSpace()
      try expect(UInt8(ascii: ":"))
      members[key] = try value(depth: depth + 1)
      skipSpace()
      if current == UInt8(ascii: ",") {
        position += 1
      } else {
        try expect(UInt8(ascii: "}"))
        return .object(members)
      }
    }
  }

  mutating func array(depth: Int) throws(JSONError) -> JSON {
    try expect(UInt8(ascii: "["))
    var elements: [JSON] = []
    skipSpace()
    if current == UInt8(ascii: "]") {
      position += 1
      return .array(elements)
    }
    while true {
      elements.append(try value(depth: depth + 1))
      skipSpace()
      if current == UInt8(ascii: ",") {
        position += 1
      } else {
        try expect(UInt8(ascii: "]"))
        return .array(elements)
      }
    }
  }

  mutating func digits() throws(JSONError) {
    let start = position
    while current >= UInt8(ascii: "0"), current <= UInt8(ascii: "9") { position += 1 }
    if position == start { throw failure("expected a digit") }
  }

  mutating func number() throws(JSONError) -> JSON {
    let start = position
    var isInteger = true
    if current == UInt8(ascii: "-") { position += 1 }
    if current == UInt8(ascii: "0") { position += 1 } else { try digits() }
    if current == UInt8(ascii: ".") {
      isInteger = false
      position += 1
      try digits()
    }
    if current | 0x20 == UInt8(ascii: "e") {
      isInteger = false
      position += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
      try digits()
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isInteger, let value = Int(text) { return .int(value) }
    guard let value = Double(text), value.isFinite else { throw failure("number out of range") }
    return .double(value)
  }

  mutating func string() throws(JSONError) -> String {
    try expect(UInt8(ascii: "\""))
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        guard let text = String(validating: bytes[start..<position], as: UTF8.self) else {
          throw failure("not UTF-8")
        }
        position += 1
        return text
      case UInt8(ascii: "\\"): return try escapedString(from: start)
      case 0..<0x20: throw failure("control character in a string")
      default: position += 1
      }
    }
    throw failure("unterminated string")
  }

  /// The slow path, entered at the first backslash.
  mutating func escapedString(from start: Int) throws(JSONError) -> String {
    var units = Array(bytes[start..<position])
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: units, as: UTF8.self) else { throw failure("not UTF-8") }
        return text
      case UInt8(ascii: "\\"): units.append(contentsOf: try escape().utf8)
      case 0..<0x20: throw failure("control character in a string")
      default: units.append(byte)
      }
    }
    throw failure("unterminated string")
  }

  mutating func escape() throws(JSONError) -> String {
    let byte = current
    position += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw failure("unknown escape")
    }
  }

  mutating func unicodeEscape() throws(JSONError) -> String {
    let first = try codeUnit()
    guard first >= 0xD800, first < 0xE000 else { return String(UnicodeScalar(first)!) }
    let next = position
    if first < 0xDC00, current == UInt8(ascii: "\\"), position + 1 < bytes.count,
      bytes[position + 1] == UInt8(ascii: "u")
    {
      position += 2
      let second = try codeUnit()
      if second >= 0xDC00, second < 0xE000 {
        return String(UnicodeScalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))!)
      }
      position = next
    }
    return "\u{FFFD}"
  }

  mutating func codeUnit() throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(UnicodeScalar(current)).hexDigitValue else {
        throw failure("expected four hex digits")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }
}
