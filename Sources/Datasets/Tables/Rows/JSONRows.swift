/// Rows that are JSON objects: JSON lines, as pandas writes them with orient="records", or one list of objects.
final class JSONRows: RowWriter {
  let source: any ByteSource
  private(set) var layout = CSVLayout()
  private let objects: JSONObjects
  private var places: [String: Int] = [:]
  private var values: [ArraySlice<UInt8>] = []

  private let limit: Int
  private var written = 0

  /// Goes through the text once for the names of all objects, in order of first appearance. Throws a `DataError` if it is
  /// not such a text. What comes after so many `rows` is not looked at, but for one that says that more comes.
  init(_ source: any ByteSource, rows limit: Int = .max) throws {
    (self.source, self.limit) = (source, limit)
    objects = JSONObjects(source)
    // A text within an object may hold line ends.
    layout.hasLines = false
    try objects.rewind()
    var rows = 0
    while rows < limit,
      try read({ name, _ in
        guard self.places[name] == nil else { return }
        guard self.places.count < 100_000 else {
          throw DataError("\(source.path), line \(self.objects.line): more than 100,000 different names")
        }
        self.places[name] = self.layout.names.count
        self.layout.names.append(name)
      })
    { rows += 1 }
    guard !layout.names.isEmpty else { throw DataError("\(source.path) has no object with a value") }
    try rewind()
  }

  func rewind() throws {
    try objects.rewind()
    written = 0
  }

  func write(to text: inout RowText) throws -> Bool {
    guard written <= limit else { return false }
    written += 1
    values = Array(repeating: [], count: layout.names.count)
    guard try read({ name, value in if let place = places[name] { values[place] = value } }) else { return false }
    for value in values { text.field(value) }
    text.endRow()
    return true
  }

  private func read(_ body: (String, ArraySlice<UInt8>) throws -> Void) throws -> Bool {
    objects.forget()
    guard let bytes = try objects.next() else { return false }
    var record = JSONRecord(bytes, "\(source.path), line \(objects.line)")
    try record.forEach(body)
    return true
  }
}
