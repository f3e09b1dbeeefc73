import Foundation

/// Reads the rows of a delimited text into columns, in one pass over its bytes.
///
/// The text comes in blocks; a row that a block cuts is read again with the next one. No `String` is made of a field.
final class CSVScanner {
  let source: any ByteSource
  private let layout: CSVLayout
  private let names: [String]
  let missingWords: Set<[UInt8]>
  private let columns: UnsafeMutableBufferPointer<ColumnBuilder>
  /// The field of each record that a column comes from.
  private let fieldCount: Int
  private(set) var rows = 0
  private(set) var lines: [Int32] = []
  /// Whether reading ended at the limit, with more to come.
  private(set) var isCut = false
  private(set) var short = ShortRows()
  var line: Int
  private var capacity = 0
  let separator: UInt8
  let isBlank: Bool
  let decimal: UInt8
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
      if isLast { end = try beforeFooter(base, end) }
      if rows == 0 { try reserveFirst(base, end, limit: limit) }
      let place = try readRows(base, base + end, isLast: isLast, limit: limit)
      try step(rows)
      if isLast || rows >= limit {
        isCut = rows >= limit && (!isLast || place < base + end)
        break
      }
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
  private func reserveFirst(_ base: UnsafePointer<UInt8>, _ end: Int, limit: Int) throws {
    let lineEnds = max(1, UnsafeBufferPointer(start: base, count: end).count { $0 == 10 || $0 == 13 })
    // By what has been taken of the file: unpacked or rewritten bytes are more, or fewer.
    let expected =
      source.size.map { Int(Double($0) / Double(max(1, min($0, source.taken))) * Double(lineEnds) * 1.02) } ?? lineEnds
    // A row takes a byte for each field at least.
    let most = max(lineEnds, (source.size ?? 0) / max(1, fieldCount) * (source is FileSource ? 1 : 64))
    try reserve(max(64, min(expected, most, limit) + 16))
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
    var (field, hasExtra) = (0, false)
    let shift = layout.hasRowNames ? 1 : 0
    while true {
      let column = field - shift
      let next =
        try columns.indices.contains(column)
        ? self.field(place, end, &columns[column])
        : skipField(place, end)
      guard var after = next else { return try cut(begin, isLast) }
      if field >= fieldCount, after > place { hasExtra = true }
      field += 1
      if isBlank { while after.pointee == 32 || after.pointee == 9 { after += 1 } }
      guard after < end else { return try cut(begin, isLast) }
      if after.pointee == 10 || after.pointee == 13 {
        guard let following = endOfLine(after, end, isLast) else { return nil }
        if field != fieldCount { try judge(field, begin, hasExtra: hasExtra) }
        for column in max(0, field - shift)..<max(columns.count, field - shift) { store(after, 0, &columns[column]) }
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

  /// Rows that end early are counted; empty fields beyond the last are fine, others are not.
  private func judge(_ fields: Int, _ begin: Int, hasExtra: Bool) throws {
    if layout.hasTail, fields == fieldCount - 1 { return }
    if fields < fieldCount, layout.fillsRows, !isBlank { return short.add(line: begin, fields: fields) }
    if fields > fieldCount, !hasExtra { return }
    throw short.mistake(source.path, line: begin, fields: fields, names: names.count, isBlank: isBlank)
  }

  /// The end of the rows: before lines at the end of a file that are not rows.
  private func beforeFooter(_ base: UnsafePointer<UInt8>, _ end: Int) throws -> Int {
    guard layout.fillsRows, !isBlank, fieldCount > 1 else { return end }
    let shift = layout.hasRowNames ? 1 : 0
    let footer = Footer(separator: separator, width: fieldCount) { place, text in
      let column = place - shift
      return self.columns.indices.contains(column) && self.columns[column].mode == .numbers
        && NumberBytes.number(text, decimal: self.decimal) == nil && !MissingWords.contains(text)
        && !MissingWords.amongNumbers.contains(text.lowercased())
    }
    let first = footer.start(UnsafeBufferPointer(start: base, count: end))
    short.footer = footer.text(UnsafeBufferPointer(start: base + first, count: end - first))
    return first
  }

  private func skipField(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) throws -> UnsafePointer<UInt8>? {
    var nothing = ColumnBuilder(.skipped)
    return try text(start, end, &nothing)
  }
}
