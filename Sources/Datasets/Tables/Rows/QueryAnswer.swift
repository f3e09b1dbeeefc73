/// The rows that a query gives, as text that the CSV scanner reads.
struct QueryAnswer {
  /// What messages call it: the database's name.
  let name: String
  let names: [String]
  private var text = RowText()
  private(set) var rows = 0

  /// Throws a `DataError` if two columns have one name.
  init(name: String, columns: [String]) throws {
    self.name = name
    names = columns
    var seen = Set<String>()
    if let doubled = columns.first(where: { !seen.insert($0).inserted }) {
      throw DataError(
        "the query gives two columns '\(doubled)'", hint: "use \"as\" to name one otherwise", about: "query")
    }
    guard !columns.isEmpty else { throw DataError("the query gives no rows", hint: "use a select", about: "query") }
  }

  mutating func field(_ content: some Collection<UInt8>) { text.field(content) }

  mutating func endRow() throws {
    text.endRow()
    rows += 1
    if rows & 0xffff == 0 { try MemoryBudget.check(2 * text.bytes.count, for: name) }
  }

  var layout: CSVLayout {
    var layout = CSVLayout()
    (layout.names, layout.hasLines) = (names, false)
    return layout
  }

  var source: any ByteSource { MemorySource(text.bytes, path: name) }
}

/// Bytes in memory.
private final class MemorySource: ByteSource {
  let path: String
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8], path: String) { (self.bytes, self.path) = (bytes, path) }

  var size: Int? { bytes.count }
  var taken: Int { place }
  func rewind() { place = 0 }

  func read(into memory: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(memory.count, bytes.count - place)
    bytes.withUnsafeBytes { memory.copyMemory(from: .init(rebasing: $0[place..<(place + count)])) }
    place += count
    return count
  }
}
