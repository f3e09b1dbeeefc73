import Vocabulary

private let csvSyntax = Syntax(
  "csv", "a table with a header; text columns become one-hot, missing numbers the training mean",
  options: [
    Option("path", .path, required: true, "the file, plain or .gz"),
    Option("target", .name(.column), defaultText: "the last column", "the column to be predicted"),
    Option("drop", .list(of: .text), default: .list([]), "columns to leave out"),
    Option(
      "separator", .text, defaultText: "comma, semicolon or tab, as the header has it", "what stands between fields"),
  ], example: "data csv(\"houses.csv\", target=\"price\")")

extension DataSource {
  static let csv = DataSource(csvSyntax) { call, context in
    let path = FileBytes.resolve(call.text("path", csvSyntax) ?? "", in: context.folder)
    let table = try CSVTable(path: path, separator: try separator(call))
    if context.isCancelled() { throw LoadingCancelled() }
    let target = call.text("target", csvSyntax) ?? table.header.last!
    let drop: [String] =
      if case .list(let values)? = call["drop"] {
        values.compactMap { if case .text(let name) = $0 { name } else { nil } }
      } else { [] }
    for name in drop { _ = try table.column(name) }
    return try TableReading(table, target: target, drop: Set(drop), task: context.task).examples(
      isCancelled: context.isCancelled)
  }

  private static func separator(_ call: Call) throws -> Character? {
    guard let text = call.text("separator", csvSyntax) else { return nil }
    let named = text == "tab" || text == "\\t" ? "\t" : text
    guard named.count == 1, named.first!.isASCII else {
      throw DataError("separator=\"\(text)\" is not one ASCII character")
    }
    return named.first
  }
}

/// Turns a table's columns into features and targets.
struct TableReading {
  let table: CSVTable
  let target: Int
  let drop: Set<String>
  let task: Task?
  /// Rows whose target is there.
  let kept: [Int]

  init(_ table: CSVTable, target name: String, drop: Set<String>, task: Task?) throws {
    (self.table, self.drop, self.task) = (table, drop, task)
    target = try table.column(name)
    let column = target
    kept = table.rows.indices.filter { !table.rows[$0][column].isMissing }
    guard !kept.isEmpty else { throw DataError("the target '\(name)' of \(table.path) is missing in every row") }
  }

  func examples(isCancelled: () -> Bool) throws -> Examples {
    var columns: [TableEncoding.Column] = []
    var places: [Int] = []
    for index in table.header.indices where index != target && !drop.contains(table.header[index]) {
      if isCancelled() { throw LoadingCancelled() }
      columns.append(try column(index))
      places.append(index)
    }
    guard !columns.isEmpty else { throw DataError("\(table.path) has no column beside the target") }
    let (targets, classNames) = try targetValues()
    let encoding = TableEncoding(columns: columns, target: table.header[target], classNames: classNames)
    var missing: [Examples.Missing] = []
    var values: [Float] = []
    let width = encoding.featureNames.count
    values.reserveCapacity(kept.count * width)
    for (place, row) in kept.enumerated() {
      try encoding.append(table, row: row, places: places, to: &values) { feature in
        missing.append(.init(row: Int32(place), column: Int32(feature)))
      }
    }
    var result = Examples(name: fileName, columns: width, values: .floats(values), targets: targets)
    result.classNames = classNames
    result.featureNames = encoding.featureNames
    result.targetName = encoding.target
    result.encoding = encoding
    result.missing = missing
    if kept.count < table.rows.count {
      let count = table.rows.count - kept.count
      result.notices.append("\(count) row\(count == 1 ? "" : "s") without a target left out")
    }
    return result
  }

  private var fileName: String { String(table.path.split(separator: "/").last ?? "table") }

  private func column(_ index: Int) throws -> TableEncoding.Column {
    let name = table.header[index]
    var numbers = 0
    var firstText: Int?
    var categories = Set<String>()
    for row in kept {
      let field = table.rows[row][index]
      if field.isMissing { continue }
      if Double(field.trimmed) != nil {
        numbers += 1
      } else {
        if firstText == nil { firstText = row }
      }
      categories.insert(field.trimmed)
    }
    guard let firstText else { return .number(name: name, mean: 0) }
    let present = kept.count { !table.rows[$0][index].isMissing }
    // A column of numbers with a few slips is a mistake to show, not a column of words.
    guard Double(numbers) < 0.9 * Double(present) else {
      throw DataError(
        "\(table.path), line \(table.lines[firstText]), column '\(name)': '\(table.rows[firstText][index])' is not a number",
        hint: "the column's other values are; correct it, leave it empty or drop=[\(name)]")
    }
    guard categories.count <= max(50, kept.count / 5) else {
      throw DataError(
        "the column '\(name)' of \(table.path) holds \(categories.count) different texts in \(kept.count) rows",
        hint: "too many to learn from: drop=[\(name)]")
    }
    return .text(name: name, categories: categories.sorted())
  }

  private func targetValues() throws -> (Examples.Targets, [String]) {
    let fields = kept.map { table.rows[$0][target].trimmed }
    let numbers = fields.map(Double.init)
    let firstText = numbers.firstIndex(of: nil)
    switch task ?? inferredTask(numbers) {
    case .regression:
      if let firstText {
        throw DataError(
          "\(table.path), line \(table.lines[kept[firstText]]), column '\(table.header[target])': '\(fields[firstText])' is not a number",
          hint: "task=classification takes text")
      }
      return (.numbers(numbers.map { Float($0!) }), [])
    case .classification:
      let names = Set(fields)
      let ordered = firstText == nil ? names.sorted { Double($0)! < Double($1)! } : names.sorted()
      let index = Dictionary(uniqueKeysWithValues: ordered.enumerated().map { ($1, Int32($0)) })
      return (.classes(fields.map { index[$0]! }), ordered)
    }
  }

  /// Text is classes; so are whole numbers of at most twenty values that come twice on average; other numbers are numbers.
  private func inferredTask(_ numbers: [Double?]) -> Task {
    guard !numbers.contains(nil) else { return .classification }
    let values = numbers.map { $0! }
    let distinct = Set(values)
    let whole = values.allSatisfy { $0 == $0.rounded() }
    return whole && distinct.count <= 20 && values.count >= 2 * distinct.count ? .classification : .regression
  }
}

extension TableEncoding {
  /// Appends a row's features; `missing` is told the place of every number that is not there.
  func append(
    _ table: CSVTable, row: Int, places: [Int], to values: inout [Float], missing: (_ feature: Int) -> Void
  ) throws {
    var feature = 0
    for (column, place) in zip(columns, places) {
      let field = table.rows[row][place]
      switch column {
      case .number(let name, let mean):
        if field.isMissing {
          missing(feature)
          values.append(Float(mean))
        } else if let number = Double(field.trimmed), Float(number).isFinite {
          values.append(Float(number))
        } else {
          throw DataError(
            "\(table.path), line \(table.lines[row]), column '\(name)': '\(field)' is not a finite number")
        }
        feature += 1
      case .text(_, let categories):
        let text = field.trimmed
        for category in categories { values.append(category == text ? 1 : 0) }
        feature += categories.count
      }
    }
  }

  /// The rows of another table, encoded as those the model was trained on: what `predict csv(...)` feeds it.
  /// Throws where a column is missing or a number is none.
  package func rows(ofCSV path: String, folder: String = ".") throws -> [Float] {
    let table = try CSVTable(path: FileBytes.resolve(path, in: folder))
    let places = try columns.map { try table.column($0.name) }
    var values: [Float] = []
    for row in table.rows.indices { try append(table, row: row, places: places, to: &values) { _ in } }
    return values
  }
}

/// A CSV file of plain numbers, where a model was not trained on a table: columns by name where the header has them all,
/// else in order.
package enum NumberTable {
  package static func rows(ofCSV path: String, featureNames: [String], count: Int, folder: String = ".") throws
    -> [Float]
  {
    let table = try CSVTable(path: FileBytes.resolve(path, in: folder))
    let named = !featureNames.isEmpty && featureNames.allSatisfy(table.header.contains)
    guard named || table.header.count == count else {
      throw DataError("\(path) has \(table.header.count) columns, but the network takes \(count) features")
    }
    let places = named ? try featureNames.map(table.column) : Array(0..<count)
    let encoding = TableEncoding(
      columns: places.map { .number(name: table.header[$0], mean: .nan) }, target: "", classNames: [])
    var values: [Float] = []
    for row in table.rows.indices {
      try encoding.append(table, row: row, places: places, to: &values) { _ in }
    }
    guard let bad = values.firstIndex(where: \.isNaN) else { return values }
    throw DataError(
      "\(path), line \(table.lines[bad / count]), column '\(table.header[places[bad % count]])': a value is missing")
  }
}
