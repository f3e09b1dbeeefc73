import Vocabulary

extension DataSource {
  static let csv = table(
    "csv", "a table of text: CSV and its kin, JSON lines, ARFF or libsvm's form, plain or packed; a lone .npy array",
    example: "data csv(\"houses.csv\", target=\"price\")")
  static let json = table(
    "json", "rows that are JSON objects: one on each line, or in a list; as csv, which knows them too",
    example: "data json(\"houses.jsonl\", target=\"price\")")
  static let arff = table(
    "arff", "a table of Weka's or KEEL's; as csv, which knows it too", example: "data arff(\"iris.arff\")")
  static let libsvm = table(
    "libsvm", "rows of a label and pairs index:value; as csv, which knows them too",
    example: "data libsvm(\"a9a.txt\")")

  static let sqlite = answer(
    "sqlite", "rows of an SQLite file, which is opened for reading only",
    options: TableOrigin.sqliteOptions,
    example: "data sqlite(\"shop.db\", query=\"select * from orders\", target=\"returned\")")
  static let postgresql = answer(
    "postgresql", "rows of a PostgreSQL server; the password comes from ~/.pgpass or PGPASSWORD",
    options: TableOrigin.postgresqlOptions,
    example: "data postgresql(\"postgresql://host/shop\", query=\"select * from orders\", target=\"returned\")")

  /// A source of a database's answers.
  private static func answer(_ name: String, _ summary: String, options: [Option], example: String) -> DataSource {
    let unknown: Set<String> = ["header", "names", "separator", "encoding", "skip", "comment"]
    let syntax = Syntax(
      name, summary,
      options: options + [ReadingOptions.target] + ReadingOptions.declared.filter { !unknown.contains($0.name) },
      example: example)
    return DataSource(syntax) { call, context in
      var options = try ReadingOptions(call)
      options.task = context.task
      return try DataTable.read(TableOrigin(call), options: options, context: context).examples(task: context.task)
    }
  }

  /// A source of tables in files. Whatever its name is, the file's own first lines say what form it has.
  private static func table(_ name: String, _ summary: String, example: String) -> DataSource {
    let syntax = Syntax(
      name, summary,
      options: [
        Option("path", .path, required: true, "the file, plain or packed as gz, bz2, xz, zst, zip or tar.gz"),
        ReadingOptions.target,
        Option("validation", .path, defaultText: "a share of the rows", "a file of validation rows"),
        Option("test", .path, defaultText: "a share of the rows", "a file of test rows"),
      ] + ReadingOptions.declared, example: example)
    return DataSource(syntax) { call, context in
      var options = try ReadingOptions(call)
      options.task = context.task
      // A share of each part can only be taken of whole files.
      if call["validation"] == nil, call["test"] == nil { options.rows = context.limit.map(ReadingOptions.rows(for:)) }
      let (table, ends) = try DataTable.read(parts: call, options: options, context: context)
      return try table.examples(task: context.task, ends: ends)
    }
  }
}

extension DataTable {
  /// The files of a call one below the other, rows to be split, validation and test rows, and where each part ends.
  static func read(
    parts call: Call, options: ReadingOptions, schema: TableSchema? = nil, context: LoadingContext
  ) throws -> (table: DataTable, ends: [Int]) {
    let (table, ends) = try readOnce(call, options, schema, context)
    // Another file may show the order of day and month that the first one left open.
    guard schema == nil, options.dayFirst == nil, let column = table.columns.first(where: \.isOutOfOrder) else {
      return (table, ends)
    }
    var again = options
    again.dayFirst = !column.form.dayFirst
    return try readOnce(call, again, nil, context)
  }

  private static func readOnce(
    _ call: Call, _ options: ReadingOptions, _ schema: TableSchema?, _ context: LoadingContext
  ) throws -> (table: DataTable, ends: [Int]) {
    func path(_ name: String) -> String? { if case .text(let text)? = call[name] { text } else { nil } }
    var table = try DataTable.read(files: path("path") ?? "", options: options, schema: schema, context: context)
    var ends = [table.rows]
    for part in ["validation", "test"] {
      if let path = path(part) {
        try table.append(try DataTable.read(files: path, schema: schema ?? table.schema, context: context))
      }
      ends.append(table.rows)
    }
    return (table, ends)
  }
}

extension ReadingOptions {
  /// The rows of a file from which a sample of `limit` is drawn: ten times as many, so that a file which is sorted by
  /// class gives several, and 10,000 at least.
  static func rows(for limit: Int) -> Int {
    let (rows, overflow) = limit.multipliedReportingOverflow(by: 10)
    return overflow ? .max : max(10_000, rows)
  }

  static let target = Option(
    "target", .either([.name(.column), .list(of: .name(.column))]), defaultText: "the last column",
    "the column to predict, or several numeric ones")

  /// What the reading of a table can be told, for every source of tables.
  package static let declared: [Option] = [
    Option("header", .bool, defaultText: "guessed", "whether the first line names the columns"),
    Option("names", .list(of: .name(.column)), defaultText: "the header's", "names for the columns"),
    Option(
      "separator", .text, defaultText: "guessed: comma, semicolon, tab, | or blanks",
      "what separates the fields; tab and blanks are words for it"),
    Option("decimal", .text, defaultText: "guessed", "the mark before decimals, \".\" or \",\""),
    Option("thousands", .text, defaultText: "guessed", "the mark between groups of three digits"),
    Option(
      "day_first", .bool, defaultText: "guessed", "whether 3/4/2024 is a day of April, where the dates do not show it"),
    Option(
      "na", .list(of: .text), default: .list([]),
      "texts that mean missing, beside the empty one, NA, NaN, null and the like"),
    Option("encoding", .text, defaultText: "UTF-8, UTF-16 by its mark, else cp1252", "the encoding of the text"),
    Option("skip", .int(0...1_000_000), defaultText: "lines above the table", "number of lines to skip at the start"),
    Option("comment", .text, defaultText: "guessed", "the mark at the start of lines to skip"),
    Option("numeric", .list(of: .name(.column)), default: .list([]), "columns to take as numbers"),
    Option("categorical", .list(of: .name(.column)), default: .list([]), "columns to take as categories"),
    Option("dates", .list(of: .name(.column)), default: .list([]), "columns to take as dates"),
    Option("ignore", .list(of: .name(.column)), default: .list([]), "columns to leave out"),
    Option("drop", .list(of: .name(.column)), default: .list([]), "the same as ignore"),
    Option("id", .name(.column), defaultText: "none", "the column that identifies the rows; not a feature"),
    Option("group", .name(.column), defaultText: "none", "the column whose rows belong together; not a feature"),
    Option("weight", .name(.column), defaultText: "none", "the column of the rows' weights; not a feature"),
  ]

  /// The options of a call. Throws a `DataError` for marks that are not one character.
  package init(_ call: Call) throws {
    self.init()
    // Names are read without blanks at their ends, and found so.
    func texts(_ name: String) -> [String] {
      switch call[name] {
      case .list(let values)?: values.compactMap(Self.text)
      case let value?: Self.text(value).map { [$0] } ?? []
      case nil: []
      }
    }
    func text(_ name: String) -> String? { call[name].flatMap(Self.text) }
    if case .bool(let value)? = call["header"] { header = value }
    if case .bool(let value)? = call["day_first"] { dayFirst = value }
    if case .int(let lines)? = call["skip"] { skip = lines }
    (names, na, numeric, categorical, dates) = (
      texts("names"), texts("na"), texts("numeric"), texts("categorical"), texts("dates")
    )
    (ignore, target) = (texts("ignore") + texts("drop"), texts("target").map(\.trimmed))
    (separator, encoding, comment) = (text("separator"), text("encoding"), text("comment"))
    (id, group, weight) = (text("id"), text("group"), text("weight"))
    decimal = try Self.mark(text("decimal"), "decimal", [".", ","])
    thousands = try Self.mark(text("thousands"), "thousands", [".", ",", " ", "'", "_"])
    if let decimal, decimal == thousands {
      throw DataError("decimal= and thousands= are both \"\(decimal)\"", about: "thousands")
    }
    if case .list(let none)? = call["target"], none.isEmpty {
      throw DataError("target=[] names no column", hint: "leave it out to take the last column", about: "target")
    }
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw DataError("names= has '\(twice)' twice", about: "names")
    }
    if let separator { _ = try CSVSniffer.separator(separator) }
    if comment == "" { throw DataError("comment=\"\" is empty", about: "comment") }
  }

  private static func text(_ argument: Argument) -> String? {
    switch argument {
    case .text(let text): text
    case .int(let number): "\(number)"
    case .float(let number): "\(number)"
    case .call(let call): call.name
    case .none, .bool, .list: nil
    }
  }

  private static func mark(_ text: String?, _ name: String, _ allowed: [String]) throws -> String? {
    guard let text, !allowed.contains(text) else { return text }
    throw DataError(
      "\(name)=\"\(text)\" is not one of " + allowed.map { "\"\($0)\"" }.joined(separator: ", "), about: name)
  }
}
