import Vocabulary

/// Where the rows of a table come from.
package enum TableOrigin: Sendable {
  /// A file, several by a name with `*`, or an http(s) address.
  case file(String)
  /// nil: the database's only table.
  case sqlite(file: String, query: String?)
  case postgresql(address: String, query: String)

  /// What the words `sqlite` and `postgresql` take, in `data` and in `predict`.
  static let sqliteOptions = [
    Option("path", .path, required: true, "the file"),
    Option("query", .text, defaultText: "the only table", "a select"),
  ]
  static let postgresqlOptions = [
    Option("address", .text, required: true, "postgresql://user@host/database, without a password"),
    Option("query", .text, required: true, "a select"),
  ]

  /// The origin that a word of `data`, `predict` or `evaluate` names.
  package init(_ call: Call) {
    func query() -> String? { if case .text(let text)? = call["query"] { text } else { nil } }
    func text(_ name: String) -> String { if case .text(let text)? = call[name] { text } else { "" } }
    switch call.name {
    case "sqlite": self = .sqlite(file: text("path"), query: query())
    case "postgresql": self = .postgresql(address: text("address"), query: text("query"))
    default: self = .file(text("path"))
    }
  }
}

extension DataTable {
  /// Reads a table. With a schema the columns are taken as a model's training table had them. Throws `DataError`, and
  /// `LoadingCancelled` if asked to stop.
  package static func read(
    _ origin: TableOrigin, options: ReadingOptions = ReadingOptions(), schema: TableSchema? = nil,
    context: LoadingContext = LoadingContext()
  ) throws -> DataTable {
    let answer: QueryAnswer
    switch origin {
    case .file(let path): return try read(files: path, options: options, schema: schema, context: context)
    case .sqlite(let file, let query):
      answer = try SQLiteQuery(file: FileBytes.resolve(file, in: context.folder), query: query, context).answer()
    case .postgresql(let address, let query):
      answer = try PostgreSQLQuery(address: address, query: query, context).answer()
    }
    return try CSVReader(
      source: answer.source, options: schema.map { options.filled(from: $0.options) } ?? options, schema: schema,
      given: answer.layout, isCancelled: context.isCancelled, progress: context.progress
    ).table()
  }
}
