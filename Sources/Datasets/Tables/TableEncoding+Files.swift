extension TableEncoding {
  /// The rows of another table, encoded as those the model was trained on: what `predict csv(...)` feeds it.
  /// Throws a `DataError` if a column is missing or a value is not a number where one is needed.
  package func rows(ofCSV path: String, folder: String = ".") throws -> [Float] {
    let schema = TableSchema(
      options: ReadingOptions(),
      columns: columns.map { column in
        switch column {
        case .number(let name, _): .init(name: name, kind: .number, form: ColumnForm())
        case .text(let name, _): .init(name: name, kind: .category, form: ColumnForm())
        }
      })
    let table = try DataTable.read(path, schema: schema, context: LoadingContext(folder: folder))
    let places = try columns.map { try table.column($0.name) }
    return try values(table, places.map { table.columns[$0] }, Array(0..<table.rows)) { _, _ in }
  }
}

/// A CSV file of plain numbers, for a model that was not trained on a table: columns by name if the header has them all,
/// else in order.
package enum NumberTable {
  package static func rows(ofCSV path: String, featureNames: [String], count: Int, folder: String = ".") throws
    -> [Float]
  {
    let table = try DataTable.read(path, context: LoadingContext(folder: folder))
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
