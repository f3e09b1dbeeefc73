import Vocabulary

/// The first records of a delimited text as texts, to guess its layout from. For samples only: it makes a `String` a field.
struct CSVRecords {
  struct Record {
    var fields: [String]
    /// Where it begins, and the place after it.
    var start: Int
    var end: Int
    var line: Int
  }

  let bytes: [UInt8]
  let separator: UInt8?

  /// Up to `limit` records from a place. Lines of blanks only are left out; the last line only if it is whole.
  func records(from start: Int, line: Int, limit: Int, isWhole: Bool) -> [Record] {
    var result: [Record] = []
    var (place, line) = (start, line)
    while place < bytes.count, result.count < limit, !Interrupting.isRaised {
      let begin = (place, line)
      guard let fields = record(&place, &line, isWhole: isWhole) else { break }
      if fields.allSatisfy({ $0.isEmpty }), fields.count <= 1 { continue }
      result.append(Record(fields: fields, start: begin.0, end: place, line: begin.1))
    }
    return result
  }

  private func record(_ place: inout Int, _ line: inout Int, isWhole: Bool) -> [String]? {
    var fields: [String] = []
    if separator == nil { skipBlanks(&place) }
    while true {
      guard let field = field(&place, &line, isWhole: isWhole) else { return nil }
      fields.append(field)
      if separator == nil { skipBlanks(&place) }
      if place >= bytes.count { return isWhole ? fields : nil }
      if bytes[place] == 10 || bytes[place] == 13 {
        if bytes[place] == 13, place + 1 < bytes.count, bytes[place + 1] == 10 { place += 1 }
        place += 1
        line += 1
        return fields
      }
      if separator != nil { place += 1 }
    }
  }

  private func skipBlanks(_ place: inout Int) {
    while place < bytes.count, bytes[place] == 32 || bytes[place] == 9 { place += 1 }
  }

  private func field(_ place: inout Int, _ line: inout Int, isWhole: Bool) -> String? {
    if separator != 9, separator != 32 { skipBlanks(&place) }
    let first = place
    if place < bytes.count, bytes[place] == 0x22 {
      var content: [UInt8] = []
      place += 1
      while place < bytes.count {
        let byte = bytes[place]
        place += 1
        if byte == 10 { line += 1 }
        if byte != 0x22 {
          content.append(byte)
        } else if place < bytes.count, bytes[place] == 0x22 {
          content.append(byte)
          place += 1
        } else {
          // What follows up to the separator is the scanner's to judge.
          while place < bytes.count, !isEnd(bytes[place]) { place += 1 }
          return text(content[...])
        }
      }
      return isWhole ? text(bytes[first...]) : nil
    }
    while place < bytes.count, !isEnd(bytes[place]) { place += 1 }
    return text(bytes[first..<place])
  }

  private func isEnd(_ byte: UInt8) -> Bool {
    byte == 10 || byte == 13 || (separator.map { byte == $0 } ?? (byte == 32 || byte == 9))
  }

  private func text(_ bytes: ArraySlice<UInt8>) -> String { BytesText.text(bytes).trimmed }
}

/// Texts of bytes that should be UTF-8.
enum BytesText {
  /// UTF-8, or the Western code page if it is none.
  static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(validating: bytes, as: UTF8.self) ?? DecodedSource.westernText(bytes)
  }
}
