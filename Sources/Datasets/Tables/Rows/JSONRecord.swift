/// The values of one JSON object by their names; of objects in it by names with a point, as pandas.json_normalize has them.
struct JSONRecord {
  private let whole: ArraySlice<UInt8>
  private var rest: ArraySlice<UInt8>
  private let place: String

  private static let deepest = 32

  /// `place` begins the messages: "a.jsonl, line 3".
  init(_ bytes: ArraySlice<UInt8>, _ place: String) { (whole, rest, self.place) = (bytes, bytes, place) }

  /// Calls `body` for each value with its bytes: of a text decoded, of a number, `true` or a list as written, of null none.
  mutating func forEach(_ body: (_ name: String, _ value: ArraySlice<UInt8>) throws -> Void) throws {
    try object("", 0, body)
  }

  private mutating func object(
    _ prefix: String, _ depth: Int, _ body: (String, ArraySlice<UInt8>) throws -> Void
  ) throws {
    guard depth < Self.deepest else { throw mistake("objects lie in each other too deep") }
    try expect(0x7b)
    skipBlanks()
    if rest.first == 0x7d {
      rest.removeFirst()
      return
    }
    while true {
      skipBlanks()
      let name = prefix + BytesText.text(try text()).trimmed
      skipBlanks()
      try expect(0x3a)
      skipBlanks()
      if rest.first == 0x7b { try object(name + ".", depth + 1, body) } else { try body(name, try value()) }
      skipBlanks()
      guard let next = rest.popFirst() else { throw mistake("the object is cut off") }
      if next == 0x7d { return }
      guard next == 0x2c else { throw mistake("a comma is missing after '\(name)'") }
    }
  }

  private mutating func value() throws -> ArraySlice<UInt8> {
    switch rest.first {
    case 0x22: return try text()
    case 0x5b: return try list()
    default: break
    }
    let word = rest.prefix { !Self.endsWord($0) }
    rest = rest[word.endIndex...]
    if word.elementsEqual("null".utf8) || word.elementsEqual("NaN".utf8) { return [] }
    let text = BytesText.text(word)
    let isWord = ["true", "false", "Infinity", "-Infinity"].contains(text)
    guard isWord || NumberBytes.number(text) != nil else {
      throw mistake("'\(text.prefix(40))' is not a JSON value")
    }
    return word
  }

  /// A list as it is written.
  private mutating func list() throws -> ArraySlice<UInt8> {
    let start = rest.startIndex
    var (depth, isText) = (0, false)
    while let byte = rest.popFirst() {
      if isText {
        if byte == 0x5c { _ = rest.popFirst() } else if byte == 0x22 { isText = false }
        continue
      }
      switch byte {
      case 0x22: isText = true
      case 0x5b, 0x7b: depth += 1
      case 0x5d, 0x7d:
        depth -= 1
        if depth == 0 { return whole[start..<rest.startIndex] }
      default: break
      }
    }
    throw mistake("a list is cut off")
  }

  private mutating func text() throws -> ArraySlice<UInt8> {
    try expect(0x22)
    let plain = rest.prefix { $0 != 0x22 && $0 != 0x5c }
    if plain.endIndex < rest.endIndex, rest[plain.endIndex] == 0x22 {
      rest = rest[(plain.endIndex + 1)...]
      return plain
    }
    var content = Array(plain)
    rest = rest[plain.endIndex...]
    while let byte = rest.popFirst() {
      if byte == 0x22 { return content[...] }
      guard byte == 0x5c else {
        content.append(byte)
        continue
      }
      try escape(&content)
    }
    throw mistake("a text is cut off")
  }

  private mutating func escape(_ content: inout [UInt8]) throws {
    guard let mark = rest.popFirst() else { throw mistake("a text is cut off") }
    switch mark {
    case 0x6e: content.append(10)
    case 0x74: content.append(9)
    case 0x72: content.append(13)
    case 0x62: content.append(8)
    case 0x66: content.append(12)
    case 0x75:
      var units = [try unit()]
      // A character beyond 16 bits is two units.
      if UTF16.isLeadSurrogate(units[0]), rest.starts(with: [0x5c, 0x75]) {
        rest = rest.dropFirst(2)
        units.append(try unit())
      }
      content += Array(String(decoding: units, as: UTF16.self).utf8)
    default: content.append(mark)
    }
  }

  private mutating func unit() throws -> UInt16 {
    guard rest.count >= 4, let unit = UInt16(BytesText.text(rest.prefix(4)), radix: 16) else {
      throw mistake("\\u is followed by four hexadecimal digits")
    }
    rest = rest.dropFirst(4)
    return unit
  }

  private mutating func skipBlanks() { rest = rest.drop(while: Self.isBlank) }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 10 || byte == 13 }
  private static func endsWord(_ byte: UInt8) -> Bool { byte == 0x2c || byte == 0x7d || byte == 0x5d || isBlank(byte) }

  private mutating func expect(_ byte: UInt8) throws {
    guard rest.popFirst() == byte else {
      throw mistake("'\(String(decoding: [byte], as: UTF8.self))' is missing")
    }
  }

  private func mistake(_ what: String) -> DataError { DataError("\(place): \(what)") }
}
