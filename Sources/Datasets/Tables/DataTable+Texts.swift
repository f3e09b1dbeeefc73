extension DataTable {
  /// Types the fields of a CSV file: numbers if all but a few are, else categories or, with too many texts, identifiers.
  init(_ texts: CSVTable, target: String, isCancelled: () -> Bool) throws {
    _ = try texts.column(target)
    var columns: [DataColumn] = []
    for index in texts.header.indices {
      if isCancelled() { throw LoadingCancelled() }
      columns.append(try Self.column(texts, index))
    }
    self.init(
      name: String(texts.path.split(separator: "/").last ?? "table"), path: texts.path, columns: columns,
      rows: texts.rows.count, lines: texts.lines.map(Int32.init(clamping:)))
    options.target = [target]
    self.columns[try column(target)].role = .target
  }

  private static func column(_ texts: CSVTable, _ index: Int) throws -> DataColumn {
    let name = texts.header[index]
    let fields = texts.rows.map { $0[index].isMissing ? nil : $0[index].trimmed }
    let missing = fields.count { $0 == nil }
    let numbers = fields.map { $0.map(Double.init) }
    let wrong = numbers.indices.filter { if case .some(nil) = numbers[$0] { true } else { false } }
    guard let first = wrong.first else {
      return DataColumn(name: name, kind: .number, values: .numbers(numbers.map { ($0 ?? .nan)! }), missing: missing)
    }
    // A column of numbers with a few slips is a mistake to show, not a column of words.
    guard Double(wrong.count) > 0.1 * Double(fields.count - missing) else {
      throw DataError(
        "\(texts.path), line \(texts.lines[first]), column '\(name)': '\(texts.rows[first][index])' is not a number",
        hint: "the column's other values are; correct it, leave it empty or drop=[\(name)]")
    }
    var places: [String: Int32] = [:]
    var dictionary: [String] = []
    let codes = fields.map { field -> Int32 in
      guard let field else { return -1 }
      if let place = places[field] { return place }
      dictionary.append(field)
      places[field] = Int32(dictionary.count - 1)
      return Int32(dictionary.count - 1)
    }
    let isKey = dictionary.count > max(50, (fields.count - missing) / 5)
    return DataColumn(
      name: name, kind: isKey ? .identifier : .category, values: .codes(codes, dictionary: dictionary),
      missing: missing)
  }
}
