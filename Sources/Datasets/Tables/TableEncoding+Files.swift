extension TableEncoding {
  /// The rows of another table, read and encoded as those the model was trained on. Throws a `DataError` if a column is
  /// missing or a value is not a number where one is needed.
  ///
  /// `keeping`: columns that are read beside those that are needed, as texts.
  package func rows(
    of origin: TableOrigin, keeping: [String] = [], context: LoadingContext = LoadingContext()
  ) throws -> EncodedTable {
    var schema = readingSchema
    let isInput = Set(schema.columns.map(\.name))
    schema.columns += keeping.filter { !isInput.contains($0) }.map {
      .init(name: $0, kind: .category, form: ColumnForm())
    }
    var table = try DataTable.read(origin, schema: schema, context: context)
    for name in keeping { _ = try table.column(name) }
    // An input is kept as the file has it: its own reading takes it as a number or date.
    let both = keeping.filter(isInput.contains)
    if !both.isEmpty {
      schema.columns = both.map { .init(name: $0, kind: .category, form: ColumnForm()) }
      table.kept = try DataTable.read(origin, schema: schema, context: context).columns
    }
    return try EncodedTable(table, self)
  }

  /// The rows of a table with columns read as training read them, where it had them.
  private func rows(of origin: TableOrigin, reading names: [String], context: LoadingContext) throws -> EncodedTable {
    var schema = readingSchema
    for name in names where !schema.columns.contains(where: { $0.name == name }) {
      let known = self.schema?.columns.first { $0.name == name }
      schema.columns.append(known ?? .init(name: name, kind: .category, form: ColumnForm()))
    }
    return try EncodedTable(try DataTable.read(origin, schema: schema, context: context), self)
  }

  /// The rows of a table with their targets, in the order of the model's classes. Rows without a target are left out.
  /// Throws a `DataError` if a column is missing or a class is not known.
  package func examples(
    of origin: TableOrigin, targets names: [String], classNames: [String], context: LoadingContext = LoadingContext()
  ) throws -> Examples {
    let weight = schema?.options.weight
    let encoded = try rows(of: origin, reading: names + [weight].compactMap { $0 }, context: context)
    var table = encoded.table
    if let place = table.columns.firstIndex(where: { $0.name == weight }) { table.columns[place].role = .weight }
    let columns = try names.map { table.columns[try table.column($0)] }
    let kept = (0..<table.rows).filter { row in columns.allSatisfy { !$0.isMissing(row) } }
    guard !kept.isEmpty else { throw DataError("no row of \(encoded.table.path) has a target") }
    if kept.count < table.rows { table = table.selecting(kept) }
    let targets: Examples.Targets
    if classNames.isEmpty {
      let numbers = try names.map { try table.targetNumbers(table.columns[try table.column($0)]) }
      targets = .numbers((0..<table.rows).flatMap { row in numbers.map { $0[row] } }, width: names.count)
    } else {
      let places = Dictionary(uniqueKeysWithValues: classNames.enumerated().map { ($1, Int32($0)) })
      targets = .classes(
        try table.texts(of: names[0]).map { text in
          let number = Double(text).map(TargetRule.name)
          guard let place = places[text] ?? number.flatMap({ places[$0] }) else {
            throw DataError("\(table.path) has the class '\(text)', which training did not have")
          }
          return place
        })
    }
    var result = Examples(
      name: table.name, columns: width, values: .table(try EncodedTable(table, self)), targets: targets)
    (result.classNames, result.targetNames, result.featureNames) = (classNames, names, featureNames)
    result.weights = try table.rowWeights() ?? []
    if kept.count < encoded.rows || !table.rowNumbers.isEmpty { result.rowNumbers = kept.map(encoded.table.number) }
    result.notices = table.notices
    if kept.count < encoded.rows {
      let left = encoded.rows - kept.count
      result.notices.append("\(left) row\(left == 1 ? "" : "s") without a target left out")
    }
    return result
  }

  /// How training read the columns that are needed; of a file of an older version what the inputs tell.
  private var readingSchema: TableSchema {
    let kept = schema ?? TableSchema(options: ReadingOptions(), columns: [])
    let places = ColumnPlaces(kept.columns.lazy.map(\.name))
    let columns = columns.map { column in
      places[column.name].map { kept.columns[$0] }
        ?? TableSchema.Column(name: column.name, kind: column.kind, form: ColumnForm())
    }
    return TableSchema(options: kept.options, columns: columns)
  }
}

extension TableEncoding.Column {
  fileprivate var kind: DataColumn.Kind {
    switch self {
    case .number: .number
    case .category: .category
    case .boolean: .boolean
    case .date: .date
    }
  }
}

/// A table of plain numbers, for a model that was not trained on a table: columns by name if the header has them all,
/// else in order.
package enum NumberTable {
  package static func rows(
    of origin: TableOrigin, featureNames: [String], count: Int, context: LoadingContext = LoadingContext()
  ) throws -> [Float] {
    let table = try DataTable.read(origin, context: context)
    let header = table.columns.map(\.name)
    let named = !featureNames.isEmpty && featureNames.allSatisfy(header.contains)
    guard named || header.count == count else {
      throw DataError("\(table.path) has \(header.count) columns, but the network takes \(count) features")
    }
    let columns = (named ? try featureNames.map(table.column) : Array(0..<count)).map { table.columns[$0] }
    let values = try columns.map(table.numbers)
    for (column, numbers) in zip(columns, values) {
      if let bad = numbers.firstIndex(where: \.isNaN) {
        throw DataError("\(table.path), \(table.place(bad)), column '\(column.name)': a value is missing")
      }
    }
    return (0..<table.rows).flatMap { row in values.map { Float($0[row]) } }
  }
}
