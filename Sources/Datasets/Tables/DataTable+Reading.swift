extension DataTable {
  /// Reads a table from a file of text, packed or not: delimited text, JSON lines, ARFF or libsvm's form.
  ///
  /// With a schema the columns are taken as a model's training table had them. Throws `DataError`, and
  /// `LoadingCancelled` if asked to stop.
  package static func read(
    _ path: String, options: ReadingOptions = ReadingOptions(), schema: TableSchema? = nil,
    context: LoadingContext = LoadingContext()
  ) throws -> DataTable {
    let given = options
    var options = options
    if let schema { options = options.filled(from: schema.options) }
    // Lives until its bytes have been read.
    let download = try TableFormat.isFetched(path) ? Download(path, context) : nil
    defer { withExtendedLifetime(download) {} }
    let name = download == nil ? FileBytes.resolve(TableFormat.local(path), in: context.folder) : path
    let file = try FileSource(path: name, file: download?.path, isCancelled: context.isCancelled)
    if FileKind(try file.head()) == .numpyArray {
      try given.refuseLayout(of: "a NumPy array")
      return try DataTable(numpyArray: file, options: options, schema: schema)
    }
    let source = try TableFormat.text(file, encoding: options.encoding)
    let rows = try rows(of: source, ending: TableFormat.ending(path), schema, given)
    return try CSVReader(
      source: rows ?? source, options: options, schema: schema, given: rows?.layout, isCancelled: context.isCancelled,
      progress: context.progress
    ).table()
  }

  /// The rows of a text that is not delimited text; nil if it is.
  private static func rows(
    of source: any ByteSource, ending: String, _ schema: TableSchema?, _ options: ReadingOptions
  ) throws -> RewrittenSource? {
    let head = try source.next(1 << 16)
    try source.rewind()
    let form = TextForm(head: head, ending: ending)
    if form != .delimited { try options.refuseLayout(of: form.name) }
    switch form {
    case .delimited: return nil
    case .json: return RewrittenSource(try JSONRows(source, rows: options.rows ?? .max))
    case .arff: return RewrittenSource(try ARFFRows(source))
    case .libsvm:
      return RewrittenSource(
        try LibsvmRows(source, known: schema?.columns.map(\.name) ?? [], rows: options.rows ?? .max))
    }
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
    result.dayFirst = dayFirst ?? other.dayFirst
    if na.isEmpty { result.na = other.na }
    result.encoding = encoding ?? other.encoding
    result.skip = skip ?? other.skip
    result.comment = comment ?? other.comment
    // Names that were given may lack those of the targets.
    if result.target.isEmpty { result.target = other.target }
    return result
  }
}
