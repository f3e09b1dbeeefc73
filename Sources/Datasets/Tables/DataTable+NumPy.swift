extension DataTable {
  /// A lone `.npy` file of rows x columns: the columns are numbered from 1, and the last is the target unless told.
  init(numpyArray file: FileSource, options: ReadingOptions, schema: TableSchema?) throws {
    let path = file.path
    let array = try NPYArray(file, what: path)
    if case .texts = array.values {
      throw DataError(
        "\(path) holds texts", hint: "write a CSV file with pandas: pandas.DataFrame(x).to_csv(\"x.csv\")")
    }
    guard array.shape.count == 2, array.shape[0] > 0, array.shape[1] > 0 else {
      throw DataError(
        "\(path) has the shape \(array.shape); a table has rows x columns",
        hint: "use data npz(\"\(path)\", y=\"y.npy\") for images with their labels")
    }
    let names = options.names.isEmpty ? (1...array.shape[1]).map { "column \($0)" } : options.names
    guard names.count == array.shape[1] else {
      throw DataError("names= has \(names.count) names, but \(path) has \(array.shape[1]) columns", about: "names")
    }
    self.init(parts: [array.doubles], names: names, path: path)
    self.options = options
    // A model takes what it needs by name.
    guard schema == nil else { return }
    let roles = TableRoles(options: options, path: path)
    try roles.check(names)
    roles.give(to: &self)
  }
}
