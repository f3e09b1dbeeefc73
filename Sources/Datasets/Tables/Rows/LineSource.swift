/// The lines of a text, one after another.
final class LineSource {
  let source: any ByteSource
  /// The number of the line that was read last, from 1.
  private(set) var line = 0
  private var buffer: [UInt8] = []
  private var place = 0
  private var isAtEnd = false

  init(_ source: any ByteSource) { self.source = source }

  func rewind() throws {
    try source.rewind()
    (line, place, isAtEnd) = (0, 0, false)
    buffer.removeAll()
  }

  /// The next line without its end; nil after the last.
  func next() throws -> ArraySlice<UInt8>? {
    var searched = place
    while true {
      let end = buffer[searched...].firstIndex(of: 10)
      if let end {
        line += 1
        defer { place = end + 1 }
        return trimmed(buffer[place..<end])
      }
      guard !isAtEnd else { return rest() }
      searched = try more()
    }
  }

  /// The last line, if the text does not end in a line end.
  private func rest() -> ArraySlice<UInt8>? {
    guard place < buffer.count else { return nil }
    line += 1
    defer { place = buffer.count }
    return trimmed(buffer[place...])
  }

  /// Reads on and returns where the new bytes begin.
  private func more() throws -> Int {
    buffer.removeFirst(place)
    place = 0
    guard buffer.count < 1 << 28 else { throw DataError("\(source.path), line \(line + 1): the line does not end") }
    let block = try source.next(max(1 << 18, buffer.count))
    isAtEnd = block.isEmpty
    try MemoryBudget.check(2 * (buffer.count + block.count), for: source.path)
    let searched = buffer.count
    buffer += block
    // A byte order mark is no part of the first line.
    if line == 0, searched == 0, buffer.starts(with: [0xef, 0xbb, 0xbf]) { place = 3 }
    return max(searched, place)
  }

  private func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    bytes.last == 13 ? bytes.dropLast() : bytes
  }
}
