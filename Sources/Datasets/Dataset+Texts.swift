import Foundation

extension Dataset {
  /// Columns of the table as the file has them, a text for each row of the examples, and whether they are: a file that is
  /// gone or has changed, a pipe, an address and a database are not read again, and give what was understood of them.
  ///
  /// Throws a `DataError` if there is no table or no such column, `LoadingCancelled` if asked to stop.
  package func texts(of names: [String], context: LoadingContext) throws -> (columns: [[String]], areWritten: Bool) {
    guard let table = examples.table else {
      throw DataError("keep= names columns of a table, and these rows are not one", about: "keep")
    }
    let understood = try names.map { try table.texts(of: $0) }
    guard isFile(context) else { return (understood, true) }
    let schema = TableSchema(
      options: table.options, columns: Set(names).sorted().map { .init(name: $0, kind: .category, form: ColumnForm()) })
    var options = ReadingOptions()
    options.rows = table.options.rows
    do {
      let file = try DataTable.read(parts: source, options: options, schema: schema, context: context).table
      let places = table.sourceRows.isEmpty ? (0..<Int32(clamping: table.rows)).map { $0 } : table.sourceRows
      guard let last = places.last, last < file.rows, !table.sourceRows.isEmpty || file.rows == table.rows else {
        return (understood, false)
      }
      let texts = try names.map { try file.texts(of: $0) }
      return (texts.map { column in places.map { column[Int($0)] } }, true)
    } catch is DataError {
      return (understood, false)
    }
  }

  /// Whether the rows are those of files that can be read again.
  private func isFile(_ context: LoadingContext) -> Bool {
    guard ["csv", "json", "arff", "libsvm"].contains(source.name), case .text(let path)? = source["path"],
      !TableFormat.isAddress(path) || path.hasPrefix("file:///")
    else { return false }
    if path.contains("*") { return true }
    var status = stat()
    let file = FileBytes.resolve(TableFormat.local(path), in: context.folder)
    return stat(file, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
  }
}
