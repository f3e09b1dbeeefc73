/// Guesses how a delimited text is laid out from its first lines; what the options say is not guessed.
struct CSVSniffer {
  /// The first bytes of the text.
  let bytes: [UInt8]
  /// Whether they are all of it.
  let isWhole: Bool
  let path: String
  let options: ReadingOptions

  private static let sampled = 100

  func layout() throws -> CSVLayout {
    var layout = CSVLayout()
    (layout.start, layout.line) = try skipped()
    if let comment = options.comment { layout.comment = Array(comment.utf8) }
    try separatorLine(&layout)
    let candidates = try separators(layout)
    let samples = candidates.map { Sample(separator: $0, records: records($0, layout)) }
    guard var sample = best(samples), !sample.records.isEmpty else { throw DataError("\(path) is empty") }
    layout.separator = sample.separator
    if options.skip == nil { dropTitle(&sample, &layout) }
    try nameColumns(sample, &layout)
    return layout
  }

  /// Where to begin: after the lines that `skip` says.
  private func skipped() throws -> (place: Int, line: Int) {
    var (place, line) = (0, 1)
    for _ in 0..<max(0, options.skip ?? 0) {
      guard let end = bytes[place...].firstIndex(of: 10) else {
        throw DataError("skip=\(options.skip ?? 0): \(path) has not so many lines", about: "skip")
      }
      place = end + 1
      line += 1
    }
    return (place, line)
  }

  /// Excel's first line `sep=;`.
  private func separatorLine(_ layout: inout CSVLayout) throws {
    let line = bytes[layout.start...].prefix { $0 != 10 && $0 != 13 }
    guard line.count == 5, String(decoding: line, as: UTF8.self).lowercased().hasPrefix("sep="), let mark = line.last
    else { return }
    layout.separator = mark
    layout.start += 5
    if bytes.dropFirst(layout.start).first == 13 { layout.start += 1 }
    if bytes.dropFirst(layout.start).first == 10 { layout.start += 1 }
    layout.line += 1
    layout.notices.append("the first line says that fields are separated by \(CSVLayout.name(of: mark))")
  }

  private func separators(_ layout: CSVLayout) throws -> [UInt8?] {
    if let given = options.separator { return [try Self.separator(given)] }
    if !layout.notices.isEmpty { return [layout.separator] }
    return [9, 0x3b, 0x7c, 0x2c, nil]
  }

  /// "tab", "\t", "blanks" and " " are words for what is hard to type.
  static func separator(_ text: String) throws -> UInt8? {
    switch text {
    case "tab", "\\t", "\t": return 9
    case "blanks", "blank", "space", "whitespace", " ", "\\s+": return nil
    default:
      guard text.utf8.count == 1, let byte = text.utf8.first, byte != 10, byte != 13, byte != 0x22 else {
        throw DataError("separator=\"\(text)\" is not one ASCII character, \"tab\" or \"blanks\"", about: "separator")
      }
      return byte
    }
  }

  private func records(_ separator: UInt8?, _ layout: CSVLayout) -> [CSVRecords.Record] {
    let all = CSVRecords(bytes: bytes, separator: separator).records(
      from: layout.start, line: layout.line, limit: Self.sampled, isWhole: isWhole)
    guard let comment = options.comment, !comment.isEmpty else { return all }
    return all.filter { !bytes[$0.start...].starts(with: comment.utf8) }
  }

  /// The records under one separator, and how regular they are.
  struct Sample {
    var separator: UInt8?
    var records: [CSVRecords.Record]
    /// The number of fields that most records have.
    var width: Int
    /// The first record of that width.
    var first: Int
    /// The share of the records from there on that have it.
    var regularity: Double

    init(separator: UInt8?, records: [CSVRecords.Record]) {
      (self.separator, self.records) = (separator, records)
      var counts: [Int: Int] = [:]
      for record in records { counts[record.fields.count, default: 0] += 1 }
      width = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
      let width = width
      first = records.firstIndex { $0.fields.count == width } ?? 0
      let rest = records.dropFirst(first)
      regularity = rest.isEmpty ? 0 : Double(rest.count { $0.fields.count == width }) / Double(rest.count)
    }

    var isTable: Bool { width >= 2 && regularity >= 0.95 }
  }

  /// The separator under which the first lines are a table, with the fewest lines above it; of equals the first.
  private func best(_ samples: [Sample]) -> Sample? {
    let tables = samples.filter(\.isTable)
    if let best = tables.filter({ $0.separator != nil }).min(by: { $0.first < $1.first }) { return best }
    // Blanks separate words as well: only where nothing else does, and where the first line has them.
    if let blanks = tables.first, blanks.separator == nil { return blanks }
    return samples.filter { $0.separator != nil }.max {
      ($0.records.first?.fields.count ?? 0) < ($1.records.first?.fields.count ?? 0)
    } ?? samples.first
  }

  /// Leaves out title and comment lines above the table.
  private func dropTitle(_ sample: inout Sample, _ layout: inout CSVLayout) {
    let isComment = { (record: CSVRecords.Record) in
      [0x23, 0x25].contains(bytes[record.start]) || bytes[record.start...].starts(with: "//".utf8)
    }
    var first = sample.isTable ? sample.first : 0
    // A header may have one name less than the rows have fields.
    if first > 0, sample.records[first - 1].fields.count == sample.width - 1, sample.width > 2,
      !isComment(sample.records[first - 1])
    {
      first -= 1
    }
    while sample.isTable, first + 1 < sample.records.count, isComment(sample.records[first]),
      isComment(sample.records[first + 1])
    {
      first += 1
    }
    let above = sample.records[..<first]
    // `# a b c`, as numpy.savetxt writes it, has one field more than the rows if blanks separate.
    if let last = above.last, isComment(last), last.fields.first == "#", last.fields.count == sample.width + 1 {
      sample.records[first - 1].fields.removeFirst()
      first -= 1
    }
    if let marked = (above + sample.records[first...].prefix(1)).first(where: isComment), layout.comment.isEmpty,
      first > 0 || sample.records[first].fields.count > 1
    {
      let mark = bytes[marked.start]
      if first > 0, sample.records.dropFirst(first + 1).contains(where: isComment) { layout.comment = [mark] }
    }
    guard first > 0 else { return }
    layout.notices.append(
      first == 1 ? "the line above the table was left out" : "\(first) lines above the table were left out")
    sample.records.removeFirst(first)
    sample.first = 0
    if let record = sample.records.first { (layout.start, layout.line) = (record.start, record.line) }
  }
}
