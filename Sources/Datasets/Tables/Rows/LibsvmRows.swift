/// Rows of libsvm's text: a label and pairs `index:value`, as scikit-learn's dump_svmlight_file writes them.
///
/// A value that is not named is 0. Indices begin with 1 unless a 0 appears. The label is the last column.
final class LibsvmRows: RowWriter {
  let source: any ByteSource
  private(set) var layout = CSVLayout()
  private let lines: LineSource
  private let first: Int
  private let count: Int
  private let hasGroups: Bool
  private let limit: Int
  private var written = 0

  /// Goes through the text once for the indices. `known`: columns that a model needs. Throws a `DataError` if a line is
  /// not of this form, or the table would not fit into memory. What comes after so many `rows` is not looked at, but for
  /// one that says that more comes.
  init(_ source: any ByteSource, known: [String], rows limit: Int = .max) throws {
    (self.source, self.limit) = (source, limit)
    lines = LineSource(source)
    var (least, most, rows, hasGroups) = (Int.max, 0, 0, false)
    for name in known where name.hasPrefix("feature ") {
      guard let index = Int(name.dropFirst(8)) else { continue }
      (least, most) = (min(least, index), max(most, index))
    }
    try lines.rewind()
    while rows < limit, let line = try lines.next() {
      guard let row = try LibsvmLine(line, "\(source.path), line \(lines.line)") else { continue }
      rows += 1
      if row.group != nil { hasGroups = true }
      guard let low = row.pairs.first?.index, let high = row.pairs.last?.index else { continue }
      (least, most) = (min(least, low), max(most, high))
    }
    guard rows > 0, least <= most else { throw DataError("\(source.path) has no row with a value") }
    first = least == 0 ? 0 : 1
    count = most - first + 1
    self.hasGroups = hasGroups
    let cells = try MemoryBudget.product([rows, count, 8], for: source.path)
    try MemoryBudget.check(cells, for: "\(source.path) with its \(count) columns")
    layout.names = (0..<count).map { "feature \($0 + first)" } + (hasGroups ? ["qid"] : []) + ["label"]
    layout.target = "label"
    if hasGroups { layout.group = "qid" }
    try rewind()
  }

  func rewind() throws {
    try lines.rewind()
    written = 0
  }

  func write(to text: inout RowText) throws -> Bool {
    guard written <= limit, let line = try lines.next() else { return false }
    guard let row = try LibsvmLine(line, "\(source.path), line \(lines.line)") else {
      text.endLine()
      return true
    }
    written += 1
    // Only says that more comes.
    if written > limit {
      text.field(CollectionOfOne(0x30))
      text.endRow()
      return true
    }
    var column = first
    for (index, value) in row.pairs {
      while column < index {
        text.field(CollectionOfOne(0x30))
        column += 1
      }
      text.field(value)
      column += 1
    }
    while column < first + count {
      text.field(CollectionOfOne(0x30))
      column += 1
    }
    if hasGroups { text.field(row.group ?? []) }
    text.field(row.label)
    text.endRow()
    return true
  }
}

/// A line `label qid:3 1:0.5 7:2 # comment`.
private struct LibsvmLine {
  var label: ArraySlice<UInt8>
  var group: ArraySlice<UInt8>?
  var pairs: [(index: Int, value: ArraySlice<UInt8>)] = []

  /// nil for a line without a row. Throws a `DataError` that begins with `place`.
  init?(_ line: ArraySlice<UInt8>, _ place: String) throws {
    let words = line.prefix { $0 != 0x23 }.split { $0 == 32 || $0 == 9 }
    guard let label = words.first else { return nil }
    guard !label.contains(0x2c) else {
      throw DataError("\(place): several labels in a row are not read", hint: "write a file for each label")
    }
    self.label = label
    for word in words.dropFirst() {
      guard let colon = word.firstIndex(of: 0x3a) else { throw Self.mistake(word, place) }
      let value = word[(colon + 1)...]
      if word[..<colon].elementsEqual("qid".utf8) {
        group = value
        continue
      }
      guard let index = Int(BytesText.text(word[..<colon])), index >= 0, index < 1 << 31, !value.isEmpty else {
        throw Self.mistake(word, place)
      }
      guard index > pairs.last?.index ?? -1 else {
        throw DataError("\(place): the indices do not rise: \(index) follows \(pairs.last?.index ?? 0)")
      }
      pairs.append((index, value))
    }
  }

  private static func mistake(_ word: ArraySlice<UInt8>, _ place: String) -> DataError {
    DataError("\(place): '\(BytesText.text(word.prefix(40)))' is not a pair index:value")
  }
}
