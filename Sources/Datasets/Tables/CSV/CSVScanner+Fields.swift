extension CSVScanner {
  /// Reads a field into its column and returns the place of the separator or line end behind it; nil if the block ends.
  @inline(__always)
  func field(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ column: inout ColumnBuilder
  ) throws -> UnsafePointer<UInt8>? {
    var start = start
    if start.pointee == 32, separator != 32 { while start.pointee == 32 { start += 1 } }
    if column.mode == .numbers, start < end {
      let (value, after) = NumberBytes.scan(start, decimal: decimal)
      if after > start, after < end, isEnd(after.pointee) {
        if value.magnitude >= 0x1p53 { noteWide(start, after, &column) }
        if start.pointee == 0x30, start[1] &- 48 < 10 { column.hasLeadingZeros = true }
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
  func text(
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

  func store(_ start: UnsafePointer<UInt8>, _ length: Int, _ column: inout ColumnBuilder) {
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
        if start.pointee == 0x30, length > 1, start[1] &- 48 < 10 { column.hasLeadingZeros = true }
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
