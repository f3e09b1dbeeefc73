import Foundation

/// Reads the rows of a delimited text into columns, in one pass over its bytes.
///
/// The text comes in blocks; a row that a block cuts is read again with the next one. No `String` is made of a field.
final class CSVScanner {
  private let source: any ByteSource
  private let layout: CSVLayout
  private let names: [String]
  private let missingWords: Set<[UInt8]>
  private let columns: UnsafeMutableBufferPointer<ColumnBuilder>
  /// The field of each record that a column comes from.
  private let fieldCount: Int
  private(set) var rows = 0
  private(set) var lines: [Int32] = []
  private var line: Int
  private var capacity = 0
  private var isEndOfRow = false
  private let separator: UInt8
  private let isBlank: Bool
  private let decimal: UInt8
  private let comment: [UInt8]

  /// Rows longer than this are not a table's.
  private static let longestRow = 1 << 28

  init(
    _ source: any ByteSource, _ layout: CSVLayout, names: [String], columns: UnsafeMutableBufferPointer<ColumnBuilder>,
    missing: [String]
  ) {
    (self.source, self.layout, self.names, self.columns) = (source, layout, names, columns)
    missingWords = Set(missing.map { Array($0.utf8) })
    (fieldCount, line) = (layout.width, layout.line)
    (isBlank, separator, decimal) = (layout.separator == nil, layout.separator ?? 32, layout.decimal)
    comment = layout.comment
  }

  /// Reads everything; `limit` rows at most. `step` is told the rows that have been read, after each block.
  func scan(limit: Int = .max, _ step: (_ rows: Int) throws -> Void) throws {
    try source.rewind()
    var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20 | 64, alignment: 64)
    defer { buffer.deallocate() }
    try skip(layout.start)
    var held = 0
    while true {
      let room = buffer.count - 64 - held
      let got = try source.fill(.init(rebasing: buffer[held..<(held + room)]))
      let isLast = got < room
      var end = held + got
      if isLast, end > 0, buffer[end - 1] != 10 {
        buffer[end] = 10
        end += 1
      }
      buffer[end] = 0
      guard let memory = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
      let base = UnsafePointer<UInt8>(memory)
      if rows == 0 { try reserveFirst(base, end) }
      let place = try readRows(base, base + end, isLast: isLast, limit: limit)
      try step(rows)
      if isLast || rows >= limit { break }
      held = end - (place - base)
      if place == base {
        guard buffer.count < Self.longestRow else {
          throw DataError("\(source.path), line \(line): the row does not end")
        }
        try MemoryBudget.check(2 * buffer.count, for: source.path)
        let wider = UnsafeMutableRawBufferPointer.allocate(byteCount: 2 * buffer.count, alignment: 64)
        wider.copyMemory(from: .init(rebasing: buffer[..<held]))
        buffer.deallocate()
        buffer = wider
      } else {
        memmove(memory, place, held)
      }
    }
  }

  private func skip(_ count: Int) throws {
    var left = count
    while left > 0 {
      let got = try source.next(min(left, 1 << 16)).count
      if got == 0 { return }
      left -= got
    }
  }

  /// Room for the rows that a file of this size should have, judged by its first block.
  private func reserveFirst(_ base: UnsafePointer<UInt8>, _ end: Int) throws {
    let lineEnds = max(1, UnsafeBufferPointer(start: base, count: end).count { $0 == 10 || $0 == 13 })
    // By what has been taken of the file: unpacked or rewritten bytes are more, or fewer.
    let expected =
      source.size.map { Int(Double($0) / Double(max(1, min($0, source.taken))) * Double(lineEnds) * 1.02) } ?? lineEnds
    // A row takes a byte for each field at least.
    let most = max(lineEnds, (source.size ?? 0) / max(1, fieldCount) * (source is FileSource ? 1 : 64))
    try reserve(max(64, min(expected, most) + 16))
  }

  private func reserve(_ count: Int) throws {
    let width = columns.reduce(0) { $0 + ($1.mode == .numbers ? 8 : $1.mode == .texts ? 4 : 0) }
    let (bytes, overflow) = (count - capacity).multipliedReportingOverflow(by: width)
    guard !overflow else { throw DataError("\(source.path) is too large") }
    try MemoryBudget.check(bytes, for: "\(source.path) with its \(columns.count) columns")
    for index in columns.indices { try columns[index].reserve(count, names[index]) }
    lines.reserveCapacity(count)
    capacity = count
  }

  /// Reads the whole rows between two places and returns the place of the first that is not whole.
  private func readRows(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, isLast: Bool, limit: Int
  ) throws -> UnsafePointer<UInt8> {
    var place = start
    while place < end, rows < limit {
      if rows == capacity { try reserve(capacity + capacity / 2 + 64) }
      let lineBefore = line
      guard let next = try row(place, end, isLast: isLast) else {
        line = lineBefore
        return place
      }
      place = next
    }
    return place
  }

  /// Reads a row; nil if the block ends within it.
  private func row(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, isLast: Bool
  ) throws -> UnsafePointer<UInt8>? {
    var place = start
    let begin = line
    if isBlank || separator != 9 { while place.pointee == 32 { place += 1 } }
    if isBlank { while place.pointee == 9 || place.pointee == 32 { place += 1 } }
    if place.pointee == 10 || place.pointee == 13 { return endOfLine(place, end, isLast) }
    if !comment.isEmpty, end - place >= comment.count, memcmp(place, comment, comment.count) == 0 {
      while place < end, place.pointee != 10, place.pointee != 13 { place += 1 }
      return place < end ? endOfLine(place, end, isLast) : nil
    }
    var field = 0
    let shift = layout.hasRowNames ? 1 : 0
    while true {
      let column = field - shift
      let next =
        try columns.indices.contains(column)
        ? self.field(place, end, &columns[column])
        : skipField(place, end)
      guard var after = next else { return try cut(begin, isLast) }
      field += 1
      if isBlank { while after.pointee == 32 || after.pointee == 9 { after += 1 } }
      guard after < end else { return try cut(begin, isLast) }
      if after.pointee == 10 || after.pointee == 13 {
        guard let following = endOfLine(after, end, isLast) else { return nil }
        if field != fieldCount { try judge(field, begin) }
        lines.append(Int32(truncatingIfNeeded: begin))
        rows += 1
        return following
      }
      place = isBlank ? after : after + 1
    }
  }

  private func cut(_ begin: Int, _ isLast: Bool) throws -> UnsafePointer<UInt8>? {
    guard isLast else { return nil }
    throw DataError("\(source.path), line \(begin): the quote that opens here is never closed")
  }

  /// After a line's end; nil if its second half may be in the next block.
  private func endOfLine(
    _ place: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ isLast: Bool
  ) -> UnsafePointer<UInt8>? {
    if place.pointee == 13 {
      if place + 1 == end, !isLast { return nil }
      line += 1
      return place + 1 < end && place[1] == 10 ? place + 2 : place + 1
    }
    line += 1
    return place + 1
  }

  /// One field more is fine if it is the empty one after a last separator; fewer or more are not.
  private func judge(_ fields: Int, _ begin: Int) throws {
    if layout.hasTail, fields == fieldCount - 1 { return }
    throw DataError(
      "\(source.path), line \(begin): \(fields) field\(fields == 1 ? "" : "s"), but the header has \(names.count)",
      hint: "fields that hold the separator need quotes; skip= leaves out lines at the start")
  }

  private func skipField(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) throws -> UnsafePointer<UInt8>? {
    var nothing = ColumnBuilder(.skipped)
    return try text(start, end, &nothing)
  }

  /// Reads a field into its column and returns the place of the separator or line end behind it; nil if the block ends.
  @inline(__always)
  private func field(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ column: inout ColumnBuilder
  ) throws -> UnsafePointer<UInt8>? {
    var start = start
    if start.pointee == 32, separator != 32 { while start.pointee == 32 { start += 1 } }
    if column.mode == .numbers, start < end {
      let (value, after) = NumberBytes.scan(start, decimal: decimal)
      if after > start, after < end, isEnd(after.pointee) {
        if value.magnitude >= 0x1p53 { noteWide(start, after, &column) }
        column.numbers.unsafelyUnwrapped[rows] = value
        return after
      }
    }
    return try text(start, end, &column)
  }

  @inline(__always)
  private func isEnd(_ byte: UInt8) -> Bool {
    byte == separator || byte == 10 || byte == 13 || isBlank && byte == 9
  }

  private func noteWide(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ column: inout ColumnBuilder) {
    let isWhole = UnsafeBufferPointer(start: start, count: end - start).allSatisfy { $0 &- 48 < 10 || $0 == 0x2d }
    if isWhole { column.hasWideIntegers = true }
  }

  /// A field with blanks, quotes or words.
  private func text(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ column: inout ColumnBuilder
  ) throws -> UnsafePointer<UInt8>? {
    var place = start
    while place.pointee == 32 || place.pointee == 9 && separator != 9 { place += 1 }
    if place.pointee == 0x22 { return try quoted(place, end, &column) }
    let first = place
    while place < end, !isEnd(place.pointee) { place += 1 }
    guard place < end else { return nil }
    var last = place
    while last > first, last[-1] == 32 || last[-1] == 9 { last -= 1 }
    store(first, last - first, &column)
    return place
  }

  private func quoted(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ column: inout ColumnBuilder
  ) throws -> UnsafePointer<UInt8>? {
    let startLine = line
    var place = start + 1
    let first = place
    var doubled: [UInt8]?
    while true {
      while place < end, place.pointee != 0x22 {
        if place.pointee == 10 { line += 1 }
        doubled?.append(place.pointee)
        place += 1
      }
      guard place < end else {
        line = startLine
        return nil
      }
      guard place + 1 < end, place[1] == 0x22 else { break }
      if doubled == nil { doubled = Array(UnsafeBufferPointer(start: first, count: place - first)) }
      doubled?.append(0x22)
      place += 2
    }
    let last = place
    place += 1
    while place < end, !isEnd(place.pointee), place.pointee == 32 || place.pointee == 9 { place += 1 }
    guard place < end else { return nil }
    guard isEnd(place.pointee) else {
      throw DataError("\(source.path), line \(line): text follows a closing quote")
    }
    if let doubled {
      var whole = doubled
      whole.append(0)
      whole.withUnsafeBufferPointer {
        if let base = $0.baseAddress { storeTrimmed(base, base + doubled.count, &column) }
      }
    } else {
      storeTrimmed(first, last, &column)
    }
    return place
  }

  private func storeTrimmed(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ column: inout ColumnBuilder) {
    var (first, last) = (start, end)
    while first < last, first.pointee == 32 || first.pointee == 9 { first += 1 }
    while last > first, last[-1] == 32 || last[-1] == 9 { last -= 1 }
    store(first, last - first, &column)
  }

  private func store(_ start: UnsafePointer<UInt8>, _ length: Int, _ column: inout ColumnBuilder) {
    switch column.mode {
    case .skipped, .failed: return
    case .texts: column.codes.unsafelyUnwrapped[rows] = column.texts.place(start, length, row: rows)
    case .numbers:
      if length == 0 {
        column.numbers.unsafelyUnwrapped[rows] = .nan
        return
      }
      let (value, after) = NumberBytes.scan(start, decimal: decimal)
      let bytes = UnsafeBufferPointer(start: start, count: length)
      if after == start + length, missingWords.isEmpty || !missingWords.contains(Array(bytes)) {
        if value.magnitude >= 0x1p53 { noteWide(start, after, &column) }
        column.numbers.unsafelyUnwrapped[rows] = value
        return
      }
      let word = BytesText.text(Array(bytes.prefix(40))[...])
      let isGiven = missingWords.contains(Array(bytes))
      guard length <= 40,
        isGiven || MissingWords.contains(word) || MissingWords.amongNumbers.contains(word.lowercased())
      else { return column.fail() }
      if !isGiven, !MissingWords.contains(word) { column.words.insert(word) }
      column.numbers.unsafelyUnwrapped[rows] = .nan
    }
  }
}
