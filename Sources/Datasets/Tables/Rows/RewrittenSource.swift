/// A form of text or an answer of a database that is not delimited text: gives its rows as such.
protocol RowWriter: AnyObject {
  /// The columns, in the order of the fields.
  var layout: CSVLayout { get }
  var source: any ByteSource { get }
  /// Writes the next row, or a few lines; false at the end. Throws `DataError`.
  func write(to text: inout RowText) throws -> Bool
  /// Starts again at the first row.
  func rewind() throws
}

/// The rows of another form as comma-separated text, so that one scanner fills the columns of all.
final class RewrittenSource: ByteSource {
  private let rows: any RowWriter
  private var text = RowText()
  private var place = 0

  init(_ rows: any RowWriter) { self.rows = rows }

  var path: String { rows.source.path }
  var size: Int? { rows.source.size }
  var taken: Int { rows.source.taken }
  var layout: CSVLayout { rows.layout }

  func rewind() throws {
    text.removeAll()
    place = 0
    try rows.rewind()
  }

  func read(into memory: UnsafeMutableRawBufferPointer) throws -> Int {
    while place == text.bytes.count {
      text.removeAll()
      place = 0
      guard try rows.write(to: &text) else { return 0 }
    }
    let count = min(memory.count, text.bytes.count - place)
    text.bytes.withUnsafeBytes { memory.copyMemory(from: .init(rebasing: $0[place..<(place + count)])) }
    place += count
    return count
  }
}
