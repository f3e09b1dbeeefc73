import Vocabulary
import Foundation

/// Reads a delimited text into a table of typed columns.
struct CSVReader {
  let source: any ByteSource
  let options: ReadingOptions
  /// How a model's training table was read: its columns are taken alike, others are left out.
  let schema: TableSchema?
  /// How the text is laid out, if that is known; nil: guess.
  let given: CSVLayout?
  private let known: ColumnPlaces?
  let isCancelled: () -> Bool
  let progress: (String, Double) -> Void

  init(
    source: any ByteSource, options: ReadingOptions, schema: TableSchema?, given: CSVLayout? = nil,
    isCancelled: @escaping () -> Bool = { false }, progress: @escaping (String, Double) -> Void = { _, _ in }
  ) {
    (self.source, self.options, self.schema, self.given) = (source, options, schema, given)
    (self.isCancelled, self.progress) = (isCancelled, progress)
    known = schema.map { ColumnPlaces($0.columns.lazy.map(\.name)) }
  }

  private var path: String { source.path }

  func table() throws -> DataTable {
    var (layout, sample) = try given.map(sampled) ?? sniffed()
    try Interrupting.check()
    let isFirstUnnamed = layout.names.first == ""
    if isFirstUnnamed { layout.names[0] = "column 1" }
    let roles = TableRoles(
      options: options, path: path, target: layout.target, group: layout.group, isFirstUnnamed: isFirstUnnamed)
    if schema == nil { try roles.check(layout.names) }
    let columns = UnsafeMutableBufferPointer<ColumnBuilder>.allocate(capacity: layout.names.count)
    for index in columns.indices {
      columns.initializeElement(at: index, to: ColumnBuilder(mode(layout.names[index], sample, index, layout)))
    }
    defer {
      for index in columns.indices { columns[index].free() }
      columns.deinitialize()
      columns.deallocate()
    }
    let first = try scan(layout, columns, rows: options.rows ?? .max)
    guard first.rows > 0 else { throw DataError("\(path) has a header but no rows") }
    try first.short.check(path, rows: first.rows, names: layout.names.count)
    layout.notices += first.short.notices(names: layout.names.count)
    var table = DataTable(
      name: String(path.split(separator: "/").last ?? "table"), path: path, columns: [], rows: first.rows,
      lines: layout.hasLines ? first.lines : [], options: options)
    table.notices = layout.notices
    if first.isCut { table.notices.append(cutNotice(first.rows)) }
    let again = columns.indices.filter { needsTexts(columns[$0], layout.names[$0]) }
    let isRead = Set(again)
    var numbers: [Int: DataColumn] = [:]
    for index in columns.indices where columns[index].mode == .numbers && !isRead.contains(index) {
      try Interrupting.check()
      numbers[index] = numberColumn(
        &columns[index], layout.names[index], index, first.rows, isUnnamed: isFirstUnnamed && index == 0)
    }
    if !again.isEmpty { try readTexts(again, layout, columns, rows: first.rows) }
    for index in columns.indices {
      if isCancelled() { throw LoadingCancelled() }
      table.columns.append(try numbers[index] ?? textColumn(&columns[index], layout, index, table))
    }
    guard schema != nil else {
      roles.give(to: &table)
      return table
    }
    table.columns.removeAll { $0.note == "not read" }
    table.header = layout.names
    // What differs from training is said.
    table.notices = first.short.notices(names: layout.names.count)
    table.notices += table.columns.compactMap { column in
      column.note.flatMap { $0 == "read as cp1252" ? nil : "'\(column.name)': \($0)" }
    }
    return table
  }

  // MARK: The layout

  /// A layout that is known, and the first rows.
  private func sampled(_ given: CSVLayout) throws -> (CSVLayout, [[String]]) {
    var layout = given
    if !options.names.isEmpty {
      guard options.names.count == layout.names.count else {
        throw DataError(
          "names= has \(options.names.count) names, but \(path) has \(layout.names.count) columns", about: "names")
      }
      layout.names = options.names
    }
    try source.rewind()
    let bytes = try source.next(1 << 18)
    let records = CSVRecords(bytes: bytes, separator: layout.separator).records(
      from: 0, line: layout.line, limit: 100, isWhole: bytes.count < 1 << 18)
    return (layout, records.map(\.fields))
  }

  private func sniffed() throws -> (CSVLayout, [[String]]) {
    var size = 1 << 18
    while true {
      try source.rewind()
      var bytes = try source.next(size)
      let isWhole = bytes.count < size
      let mark = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
      bytes.removeFirst(mark)
      guard !bytes.allSatisfy({ $0 == 0 }) || bytes.isEmpty else {
        throw DataError("\(path) holds nothing but zero bytes", hint: "fetch or copy the file again")
      }
      guard !bytes.contains(0) else {
        throw DataError(
          "\(path) is not a text file", hint: "encoding= names its encoding, for example encoding=\"utf-16\"")
      }
      guard bytes.contains(where: { $0 != 10 && $0 != 13 && $0 != 32 }) else { throw DataError("\(path) is empty") }
      let sniffer = CSVSniffer(bytes: bytes, isWhole: isWhole, path: path, options: options)
      let records = CSVRecords(bytes: bytes, separator: 0x2c).records(from: 0, line: 1, limit: 4, isWhole: isWhole)
      if records.count < 4, !isWhole, size < 1 << 27 {
        size <<= 3
        continue
      }
      var layout = try sniffer.layout()
      let sample = CSVRecords(bytes: bytes, separator: layout.separator).records(
        from: layout.start, line: layout.line, limit: 100, isWhole: isWhole)
      if String(validating: bytes[..<min(layout.start, bytes.count)], as: UTF8.self) == nil {
        layout.notices.append(TableRoles.western)
      }
      layout.start += mark
      return (layout, sample.map(\.fields))
    }
  }

  // MARK: Kinds

  private func wanted(_ name: String) -> DataColumn.Kind? {
    if let column = schemaColumn(name) { return column.kind }
    if options.id == name { return .category }
    if options.numeric.contains(name) { return .number }
    if options.categorical.contains(name) { return .category }
    return options.dates.contains(name) ? .date : given?.kinds[name]
  }

  private func form(_ name: String) -> ColumnForm? { schemaColumn(name)?.form }

  private func schemaColumn(_ name: String) -> TableSchema.Column? {
    guard let schema, let place = known?[name] else { return nil }
    return schema.columns[place]
  }

  /// Numbers if the first rows are, else texts.
  private func mode(_ name: String, _ sample: [[String]], _ index: Int, _ layout: CSVLayout) -> ColumnBuilder.Mode {
    if schema != nil, schemaColumn(name) == nil { return .skipped }
    switch wanted(name) {
    case .category, .date, .boolean, .text: return .texts
    case .number, .identifier, .constant, nil: break
    }
    if options.thousands != nil { return .texts }
    // An exact key is a text; and 1.234 of a model's column with decimal commas is 1234.
    if name == options.id { return .texts }
    if let form = form(name), form.decimal == ",", layout.decimal != 0x2c { return .texts }
    let place = index + (layout.hasRowNames ? 1 : 0)
    let isNumeric = sample.allSatisfy { fields in
      // A line of another width is no row, or one that ends early.
      guard fields.indices.contains(place), fields.count >= layout.names.count else { return true }
      let field = fields[place]
      return NumberBytes.number(field, decimal: layout.decimal) != nil || MissingWords.contains(field)
        || MissingWords.amongNumbers.contains(field.lowercased()) || options.na.contains(field)
    }
    return isNumeric ? .numbers : .texts
  }

  private func needsTexts(_ column: ColumnBuilder, _ name: String) -> Bool {
    column.mode == .failed || column.mode == .numbers && column.hasWideIntegers
  }

  // MARK: Passes

  private func scan(
    _ layout: CSVLayout, _ columns: UnsafeMutableBufferPointer<ColumnBuilder>, rows: Int
  ) throws -> CSVScanner {
    let scanner = CSVScanner(source, layout, names: layout.names, columns: columns, missing: options.na)
    let begin = ContinuousClock.now
    try scanner.scan(limit: rows) { rows in
      if isCancelled() { throw LoadingCancelled() }
      report(rows, begin)
    }
    return scanner
  }

  private func cutNotice(_ rows: Int) -> String {
    let name = path.split(separator: "/").last ?? "table"
    let share = source.size.map { " (\(MemoryBudget.megabytes(source.taken)) of \(MemoryBudget.megabytes($0)))" } ?? ""
    return "limit= draws from the first \(rows) rows of \(name)\(share): the rest is not read"
  }

  private func report(_ rows: Int, _ begin: ContinuousClock.Instant) {
    let name = path.split(separator: "/").last ?? "table"
    let taken = Double(source.taken)
    guard let size = source.size.map(Double.init), size > 0 else {
      progress("reading \(name): \(rows) rows, \(MemoryBudget.megabytes(source.taken))", 0)
      return
    }
    let left = (ContinuousClock.now - begin) / .seconds(1) * (size / max(taken, 1) - 1)
    progress(
      "reading \(name): \(rows) rows, \(source.taken >> 20) of \(MemoryBudget.megabytes(Int(size))), \(Int(left.rounded(.up))) s left",
      min(1, taken / size))
  }

  /// Reads columns that turned out not to be numbers once more, as texts.
  private func readTexts(
    _ wanted: [Int], _ layout: CSVLayout, _ columns: UnsafeMutableBufferPointer<ColumnBuilder>, rows: Int
  ) throws {
    let wanted = Set(wanted)
    let kept = columns.indices.map { columns[$0].mode }
    for index in columns.indices {
      if wanted.contains(index) {
        columns[index].free()
        columns[index] = ColumnBuilder(.texts)
      } else {
        columns[index].mode = .skipped
      }
    }
    _ = try scan(layout, columns, rows: rows)
    for index in columns.indices where !wanted.contains(index) { columns[index].mode = kept[index] }
  }

  // MARK: Columns

  private func numberColumn(_ builder: inout ColumnBuilder, _ name: String, _ index: Int, _ rows: Int, isUnnamed: Bool)
    -> DataColumn
  {
    var values = builder.finishedNumbers(rows)
    let given = options.missingNumbers
    if !given.isEmpty { for row in values.indices where given.contains(values[row]) { values[row] = .nan } }
    var column = NumberColumn(
      name: name, values: values, words: builder.words.sorted(), isFirst: index == 0, wanted: wanted(name),
      hasWideIntegers: builder.hasWideIntegers, hasLeadingZeros: builder.hasLeadingZeros,
      isUnnamed: isUnnamed
    ).column()
    column.isGiven = wanted(name) != nil
    if let form = form(name) { (column.form, column.note) = (form, nil) }
    return column
  }

  private func textColumn(
    _ builder: inout ColumnBuilder, _ layout: CSVLayout, _ index: Int, _ table: DataTable
  ) throws -> DataColumn {
    let name = layout.names[index]
    guard builder.mode == .texts else {
      return DataColumn(name: name, kind: .constant, values: .numbers([]), missing: 0, note: "not read")
    }
    let codes = builder.finishedCodes(table.rows)
    let known = wanted(name)
    let mark = options.decimal ?? (layout.decimal == 0x2c ? "," : nil)
    var column = try TextColumn(
      name: name, codes: codes, texts: builder.texts, na: options.na, wanted: known, form: form(name), decimal: mark,
      thousands: options.thousands, path: path,
      isCategorical: options.categorical.contains(name), dayFirst: options.dayFirst, line: { table.place(Int($0)) }
    ).column()
    column.isGiven = known != nil
    builder.texts = TextDictionary()
    return column
  }
}
