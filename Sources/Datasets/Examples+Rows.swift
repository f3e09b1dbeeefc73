extension Examples {
  /// Some rows as examples of their own, in the given order.
  package func taking(_ rows: [Int32]) -> Examples {
    var result = self
    result.values = values.taking(rows, columns: columns)
    switch targets {
    case .classes(let classes): result.targets = .classes(rows.map { classes[Int($0)] })
    case .numbers(let numbers, let width):
      result.targets = .numbers(
        rows.flatMap { numbers[Int($0) * width..<(Int($0) + 1) * width] }, width: width)
    }
    if !weights.isEmpty { result.weights = rows.map { weights[Int($0)] } }
    result.rowNumbers = rows.map { Int32(clamping: number(of: Int($0))) }
    (result.testRows, result.validationRows) = (nil, nil)
    return result
  }

  /// The names of what can be shuffled: the columns of a table that have inputs, else the features.
  package var shuffledNames: [String] {
    if let encoding { return encoding.columns.map(\.name) }
    return (0..<columns).map(inputName)
  }

  /// A feature's name; `x0`, `x1` where features have none.
  package func inputName(_ column: Int) -> String {
    featureNames.indices.contains(column) ? featureNames[column] : "x\(column)"
  }

  /// The same rows with the values of one column in another order: row i has those of row `order[i]`. Targets stay.
  package func shuffling(_ column: String, by order: [Int]) throws -> Examples {
    var result = self
    switch values {
    case .table(let table):
      var copy = table.table
      let place = try copy.column(column)
      copy.columns[place].values = copy.columns[place].values.taking(order)
      result.values = .table(try EncodedTable(copy, table.encoding))
    case .bytes(var bytes, let unit):
      if let place = shuffledNames.firstIndex(of: column) { Self.shuffle(&bytes, place, columns, order) }
      result.values = .bytes(bytes, unit: unit)
    case .floats(var floats):
      if let place = shuffledNames.firstIndex(of: column) { Self.shuffle(&floats, place, columns, order) }
      result.values = .floats(floats)
    }
    return result
  }

  private static func shuffle<Number>(_ values: inout [Number], _ column: Int, _ width: Int, _ order: [Int]) {
    let old = stride(from: column, to: values.count, by: width).map { values[$0] }
    for (row, other) in order.enumerated() { values[row * width + column] = old[other] }
  }
}

extension Examples.Values {
  fileprivate func taking(_ rows: [Int32], columns: Int) -> Examples.Values {
    func part<Number>(_ all: [Number]) -> [Number] {
      rows.flatMap { all[Int($0) * columns..<(Int($0) + 1) * columns] }
    }
    switch self {
    case .bytes(let bytes, let unit): return .bytes(part(bytes), unit: unit)
    case .floats(let floats): return .floats(part(floats))
    case .table(let table):
      var copy = table.table
      let places = rows.map(Int.init)
      for index in copy.columns.indices { copy.columns[index].values = copy.columns[index].values.taking(places) }
      for index in copy.kept.indices { copy.kept[index].values = copy.kept[index].values.taking(places) }
      if !copy.lines.isEmpty { copy.lines = places.map { copy.lines[$0] } }
      copy.rows = places.count
      return .table(table.replacing(copy))
    }
  }
}

extension DataColumn.Values {
  /// The values of these rows.
  fileprivate func taking(_ rows: [Int]) -> DataColumn.Values {
    switch self {
    case .numbers(let numbers): .numbers(rows.map { numbers[$0] })
    case .codes(let codes, let dictionary): .codes(rows.map { codes[$0] }, dictionary: dictionary)
    }
  }
}

extension EncodedTable {
  /// Other rows of the same columns. What was read once reads again.
  fileprivate func replacing(_ rows: DataTable) -> EncodedTable { (try? EncodedTable(rows, encoding)) ?? self }
}
