/// Rows that end before the last column, which are filled up with missing values.
struct ShortRows {
  private(set) var count = 0
  private var first: (line: Int, fields: Int)?
  /// The lines at the end that were left out; nil if none were.
  var footer: String?

  mutating func add(line: Int, fields: Int) {
    count += 1
    if first == nil { first = (line, fields) }
  }

  /// Throws a `DataError` if so many rows are short that the file is not a table of these columns.
  func check(_ path: String, rows: Int, names: Int) throws {
    guard let first, 2 * count >= rows else { return }
    throw mistake(path, line: first.line, fields: first.fields, names: names, isBlank: false)
  }

  func notices(names: Int) -> [String] {
    var notices: [String] = []
    if let first {
      notices.append(
        count == 1
          ? "line \(first.line) has \(first.fields) of \(names) fields: the rest was taken as missing"
          : "\(count) rows have fewer than \(names) fields, first in line \(first.line): the rest was taken as missing")
    }
    if let footer { notices.append("left out at the end, as not a row: '\(footer)'") }
    return notices
  }

  func mistake(_ path: String, line: Int, fields: Int, names: Int, isBlank: Bool) -> DataError {
    DataError(
      "\(path), line \(line): \(fields) field\(fields == 1 ? "" : "s"), but the header has \(names)",
      hint: isBlank
        ? "write NA for a missing value: blanks alone do not show where one is"
        : "use quotes around fields that hold the separator")
  }
}

/// Lines at the end of a file that are not rows: "Source: ...", a date of printing.
struct Footer {
  let separator: UInt8
  /// Fields of a row.
  let width: Int
  /// Whether a text cannot be in the field of that place.
  let isForeign: (Int, String) -> Bool

  private static let most = 10

  /// Where the footer begins; the end if there is none.
  func start(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var (first, end) = (bytes.count, bytes.count)
    for _ in 0..<Self.most {
      var last = end
      while last > 0, bytes[last - 1] == 10 || bytes[last - 1] == 13 { last -= 1 }
      guard let begin = bytes[..<last].lastIndex(where: { $0 == 10 || $0 == 13 }).map({ $0 + 1 }), last > begin else {
        return first
      }
      guard last - begin < 1000, isFooter(Array(bytes[begin..<last])) else { return first }
      (first, end) = (begin, begin)
    }
    return first
  }

  /// Shorter than a row, with a text where a number belongs, or of one field.
  private func isFooter(_ line: [UInt8]) -> Bool {
    guard line.count(where: { $0 == 0x22 }) % 2 == 0,
      let fields = CSVRecords(bytes: line, separator: separator).records(from: 0, line: 1, limit: 1, isWhole: true)
        .first?.fields, fields.count < width
    else { return false }
    let isNote = fields.count == 1 && width > 2 && NumberBytes.number(fields[0]) == nil
    return isNote || fields.enumerated().contains { isForeign($0.offset, $0.element) }
  }

  /// What is left out, for a message.
  func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    let text = BytesText.text(Array(bytes)[...]).trimmed.replacing("\r\n", with: "\n")
    guard !text.isEmpty else { return nil }
    let lines = text.split(separator: "\n").joined(separator: " / ")
    return lines.count > 60 ? lines.prefix(57) + "..." : lines
  }
}
