extension DataTable {
  /// Reads a table from a file of text, packed or not: delimited text, JSON lines, ARFF or libsvm's form.
  ///
  /// With a schema the columns are taken as a model's training table had them. Throws `DataError`, and
  /// `LoadingCancelled` if asked to stop.
  package static func read(
    _ path: String, options: ReadingOptions = ReadingOptions(), schema: TableSchema? = nil,
    context: LoadingContext = LoadingContext()
  ) throws -> DataTable {
    var options = options
    if let schema { options = options.filled(from: schema.options) }
    let file = FileBytes.resolve(try TableFormat.local(path), in: context.folder)
    let source = try TableFormat.text(file, encoding: options.encoding, isCancelled: context.isCancelled)
    return try CSVReader(
      source: source, options: options, schema: schema, isCancelled: context.isCancelled, progress: context.progress
    ).table()
  }
}

extension ReadingOptions {
  /// What is not said here is as there; columns' roles are not taken over.
  func filled(from other: ReadingOptions) -> ReadingOptions {
    var result = self
    result.header = header ?? other.header
    if names.isEmpty { result.names = other.names }
    result.separator = separator ?? other.separator
    result.decimal = decimal ?? other.decimal
    result.thousands = thousands ?? other.thousands
    if na.isEmpty { result.na = other.na }
    result.encoding = encoding ?? other.encoding
    result.skip = skip ?? other.skip
    result.comment = comment ?? other.comment
    return result
  }
}
