import Language

/// A table as a person has it: named columns, each with a type that was guessed or given.
///
/// Every reader of tables (CSV, JSON lines, ARFF, SQLite, PostgreSQL ...) ends here, and everything that turns a table
/// into a network's inputs starts here.
package struct DataTable: Sendable {
  /// The file's name without its folder.
  package var name: String
  /// The file or address it came from.
  package var path: String
  /// In the file's order.
  package var columns: [DataColumn]
  package var rows: Int
  /// The line of the file on which each row starts, from 1; empty if the source has no lines.
  package var lines: [Int32]
  /// What was asked of the reading; what was guessed is in the columns' forms.
  package var options: ReadingOptions
  /// Columns as the file's texts, to be copied beside predictions, that are read otherwise above.
  package var kept: [DataColumn] = []
  /// What a user should know about the reading, a sentence each.
  package var notices: [String] = []
  /// The names of all of the file's columns, where only some were read; else empty.
  var header: [String] = []
  /// Each row's number in its own file, from 1; empty if the rows are those of one file.
  var rowNumbers: [Int32] = []
  /// The place of each row among those that were read; empty if all are here.
  var sourceRows: [Int32] = []

  package init(
    name: String, path: String, columns: [DataColumn], rows: Int, lines: [Int32] = [],
    options: ReadingOptions = ReadingOptions()
  ) {
    (self.name, self.path, self.columns, self.rows) = (name, path, columns, rows)
    (self.lines, self.options) = (lines, options)
  }

  /// How the table was read: kept with a model, so that new files are read alike.
  package var schema: TableSchema {
    TableSchema(options: options, columns: columns.map { .init(name: $0.name, kind: $0.kind, form: $0.form) })
  }

  /// The place of a column. Throws a `DataError` that names the nearest column or lists some.
  package func column(_ name: String) throws -> Int {
    if let index = columns.firstIndex(where: { $0.name == name }) { return index }
    throw Self.unknownColumn(name, of: path, columns: header.isEmpty ? columns.map(\.name) : header)
  }

  /// `about`: the option that names the column.
  static func unknownColumn(
    _ name: String, of path: String, columns: [String], about option: String = "target"
  ) -> DataError {
    let listed = "its columns: " + columns.prefix(20).joined(separator: ", ") + (columns.count > 20 ? ", ..." : "")
    return DataError(
      "\(path) has no column '\(name)'", hint: Suggestion.hint(for: name, among: columns) ?? listed, about: option)
  }

  /// How a row is called in a message: its line in the file, or its number.
  package func place(_ row: Int) -> String { lines.isEmpty ? "row \(row + 1)" : "line \(lines[row])" }
}
