extension TableEncoding {
  /// The rows of another table, encoded as those the model was trained on: what `predict csv(...)` feeds it.
  /// Throws a `DataError` if a column is missing or a value is not a number where one is needed.
  package func rows(ofCSV path: String, folder: String = ".") throws -> [Float] {
    let table = try DataTable(path: path, folder: folder)
    let places = try columns.map { try table.column($0.name) }
    return try values(table, places.map { table.columns[$0] }, Array(0..<table.rows)) { _, _ in }
  }
}

extension DataTable {
  /// Reads a table of which no column is a target.
  init(path: String, folder: String) throws {
    let texts = try CSVTable(path: FileBytes.resolve(path, in: folder))
    try self.init(texts, target: texts.header[0], isCancelled: { false })
  }
}

/// A CSV file of plain numbers, for a model that was not trained on a table: columns by name if the header has them all,
/// else in order.
package enum NumberTable {
  package static func rows(ofCSV path: String, featureNames: [String], count: Int, folder: String = ".") throws
    -> [Float]
  {
    let table = try DataTable(path: path, folder: folder)
    let header = table.columns.map(\.name)
    let named = !featureNames.isEmpty && featureNames.allSatisfy(header.contains)
    guard named || header.count == count else {
      throw DataError("\(path) has \(header.count) columns, but the network takes \(count) features")
    }
    let places = named ? try featureNames.map(table.column) : Array(0..<count)
    let encoding = TableEncoding(
      columns: places.map { .number(name: header[$0], mean: .nan) }, target: "", classNames: [])
    let values = try encoding.values(table, places.map { table.columns[$0] }, Array(0..<table.rows)) { _, _ in }
    guard let bad = values.firstIndex(where: \.isNaN) else { return values }
    throw DataError(
      "\(path), \(table.place(bad / count)), column '\(header[places[bad % count]])': a value is missing")
  }
}
