/// The fields of a CSV file (RFC 4180): quoted fields may hold separators, quotes (doubled) and line breaks.
struct CSVTable {
  var header: [String]
  var rows: [[String]]
  /// The line in the file on which each row starts, from 1.
  var lines: [Int]
  let path: String

  init(path: String, separator: Character? = nil) throws {
    var bytes = try FileBytes.read(path)
    if bytes.starts(with: [0x1f, 0x8b]) { bytes = try Deflate.gzip(bytes, what: path) }
    // A byte order mark is no part of the first name.
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes.removeFirst(3) }
    try self.init(bytes: bytes, path: path, separator: separator)
  }

  init(bytes: [UInt8], path: String, separator: Character? = nil) throws {
    self.path = path
    var reader = Reader(bytes: bytes, separator: separator?.asciiValue ?? Self.separator(of: bytes), path: path)
    guard let first = try reader.record() else { throw DataError("\(path) is empty") }
    header = first.fields.map { $0.trimmed }
    (rows, lines) = ([], [])
    if let double = Dictionary(grouping: header, by: { $0 }).first(where: { $0.value.count > 1 }) {
      throw DataError("\(path) has \(double.value.count) columns called '\(double.key)'")
    }
    while let record = try reader.record() {
      if record.fields == [""] { continue }
      guard record.fields.count == header.count else {
        throw DataError(
          "\(path), line \(record.line): \(record.fields.count) fields, but the header has \(header.count)",
          hint: "fields that hold the separator need quotes")
      }
      rows.append(record.fields)
      lines.append(record.line)
    }
    guard !rows.isEmpty else { throw DataError("\(path) has a header but no rows") }
  }

  /// Comma, semicolon or tab: whichever the first line holds most of.
  private static func separator(of bytes: [UInt8]) -> UInt8 {
    let line = bytes.prefix { $0 != 10 }
    return [UInt8(ascii: ","), UInt8(ascii: ";"), 9].max { a, b in
      line.count { $0 == a } < line.count { $0 == b }
    }!
  }

  func column(_ name: String) throws -> Int {
    if let index = header.firstIndex(of: name) { return index }
    throw DataError(
      "\(path) has no column '\(name)'",
      hint: "its columns: " + header.prefix(20).joined(separator: ", ") + (header.count > 20 ? ", ..." : ""),
      about: "target")
  }

  private struct Reader {
    let bytes: [UInt8]
    let separator: UInt8
    let path: String
    var place = 0
    var line = 1

    mutating func record() throws -> (fields: [String], line: Int)? {
      guard place < bytes.count else { return nil }
      let start = line
      var fields: [String] = []
      while true {
        fields.append(try field())
        guard place < bytes.count else { return (fields, start) }
        let next = bytes[place]
        place += 1
        if next == separator { continue }
        if next == 13, place < bytes.count, bytes[place] == 10 { place += 1 }
        line += 1
        return (fields, start)
      }
    }

    private mutating func field() throws -> String {
      guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else {
        let start = place
        while place < bytes.count, bytes[place] != separator, bytes[place] != 10, bytes[place] != 13 { place += 1 }
        return try text(bytes[start..<place])
      }
      let (startLine, quote) = (line, UInt8(ascii: "\""))
      var content: [UInt8] = []
      place += 1
      while place < bytes.count {
        let byte = bytes[place]
        place += 1
        if byte == 10 { line += 1 }
        if byte != quote {
          content.append(byte)
        } else if place < bytes.count, bytes[place] == quote {
          content.append(quote)
          place += 1
        } else {
          guard place == bytes.count || [separator, 10, 13].contains(bytes[place]) else {
            throw DataError("\(path), line \(line): text stands behind a closing quote")
          }
          return try text(content[...])
        }
      }
      throw DataError("\(path), line \(startLine): the quote that opens here is never closed")
    }

    private func text(_ bytes: ArraySlice<UInt8>) throws -> String {
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw DataError("\(path), line \(line): the text is not UTF-8", hint: "save the file as UTF-8")
      }
      return text
    }
  }
}

extension String {
  var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }

  /// Empty, or one of the words that say nothing was measured.
  var isMissing: Bool { ["", "na", "n/a", "nan", "null", "none", "?"].contains(trimmed.lowercased()) }
}
