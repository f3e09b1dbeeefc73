/// The objects of a text one after another: one on each line (JSON lines), or the members of one list.
final class JSONObjects {
  let source: any ByteSource
  /// The line on which the object that was read last begins, from 1.
  private(set) var line = 1
  private var buffer: [UInt8] = []
  private var place = 0
  private var isAtEnd = false
  private var isInList = false
  private var isListDone = false
  private var lineHere = 1

  init(_ source: any ByteSource) { self.source = source }

  func rewind() throws {
    try source.rewind()
    buffer.removeAll()
    (place, line, lineHere, isAtEnd, isInList, isListDone) = (0, 1, 1, false, false, false)
  }

  /// The bytes of the next object; nil after the last. Throws a `DataError` if something else comes.
  func next() throws -> ArraySlice<UInt8>? {
    while let byte = try byte(at: place) {
      switch byte {
      case 0x7b where !isListDone:
        line = lineHere
        let end = try end()
        defer { place = end }
        return buffer[place..<end]
      case 10: lineHere += 1
      case 9, 13, 32, 0xef, 0xbb, 0xbf: break
      case 0x2c where isInList: break
      case 0x5b where !isInList && line == 1 && !isListDone: isInList = true
      case 0x5d where isInList: (isInList, isListDone) = (false, true)
      default:
        throw DataError(
          "\(source.path), line \(lineHere): an object is expected, such as {\"area\": 52, \"price\": 310}",
          hint: "write one with pandas: table.to_json(\"table.jsonl\", orient=\"records\", lines=True)")
      }
      place += 1
    }
    if isInList { throw cut }
    return nil
  }

  /// The place after the object that begins here.
  private func end() throws -> Int {
    var (depth, isText, at) = (0, false, place)
    while let byte = try byte(at: at) {
      at += 1
      if isText {
        if byte == 0x5c { at += 1 } else if byte == 0x22 { isText = false }
        continue
      }
      switch byte {
      case 0x22: isText = true
      case 0x7b, 0x5b: depth += 1
      case 0x7d, 0x5d:
        depth -= 1
        if depth == 0 { return at }
      case 10: lineHere += 1
      default: break
      }
    }
    throw cut
  }

  private var cut: DataError {
    DataError("\(source.path), line \(line): the text ends within an object or list", hint: "copy the file again")
  }

  /// A byte, for which the source is read on; nil after its end.
  private func byte(at index: Int) throws -> UInt8? {
    if index < buffer.count { return buffer[index] }
    while index >= buffer.count, !isAtEnd {
      guard buffer.count - place < 1 << 28 else {
        throw DataError("\(source.path), line \(line): the object does not end")
      }
      let block = try source.next(max(1 << 18, buffer.count - place))
      isAtEnd = block.isEmpty
      try MemoryBudget.check(2 * (buffer.count + block.count), for: source.path)
      buffer += block
    }
    return index < buffer.count ? buffer[index] : nil
  }

  /// Forgets what has been read; no slice of it is used any more.
  func forget() {
    guard place > 1 << 18 else { return }
    buffer.removeFirst(place)
    place = 0
  }
}
