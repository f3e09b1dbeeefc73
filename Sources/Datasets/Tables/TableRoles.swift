/// What each column of a table is for: the target, a feature, a key, left out. For every reader of tables.
struct TableRoles {
  let options: ReadingOptions
  let path: String
  /// The columns that the file declares as its target and as its groups.
  var target: String?
  var group: String?
  /// Whether the header has no name for the first column.
  var isFirstUnnamed = false

  static let western = "the text is not UTF-8: read as cp1252; encoding= names another encoding"

  /// Throws a `DataError` if an option names a column that there is not, or two options contradict each other.
  func check(_ names: [String]) throws {
    let known = Set(names)
    let named = [
      ("target", options.target), ("id", [options.id].compactMap { $0 }), ("group", [options.group].compactMap { $0 }),
      ("weight", [options.weight].compactMap { $0 }), ("ignore", options.ignore), ("numeric", options.numeric),
      ("categorical", options.categorical), ("dates", options.dates),
    ]
    for (option, wanted) in named {
      for name in wanted where !known.contains(name) {
        throw DataTable.unknownColumn(name, of: path, columns: names, about: option)
      }
    }
    func refuseBoth(_ options: Set<String>) throws {
      var seen: [String: String] = [:]
      for (option, wanted) in named where options.contains(option) {
        for name in wanted {
          if let other = seen[name], other != option {
            throw DataError("'\(name)' cannot be both \(other)= and \(option)=", hint: "use one of them", about: option)
          }
          seen[name] = option
        }
      }
    }
    try refuseBoth(["numeric", "categorical", "dates"])
    try refuseBoth(["target", "id", "weight", "ignore"])
    try refuseBoth(["target", "group", "weight", "ignore"])
  }

  /// Gives the columns of a table their roles, and says what was taken how.
  func give(to table: inout DataTable) {
    table.columns.removeAll { $0.name.hasPrefix("column ") && $0.missing == $0.count && $0.note == "empty" }
    leaveOutIndex(&table)
    for index in table.columns.indices {
      let name = table.columns[index].name
      if options.ignore.contains(name) { table.columns[index].role = .ignored }
      if options.id == name { table.columns[index].role = .id }
      if (options.group ?? group) == name { table.columns[index].role = .group }
      if options.weight == name { table.columns[index].role = .weight }
      if options.target.contains(name) { table.columns[index].role = .target }
    }
    if options.target.isEmpty, let place = customaryTarget(table) {
      table.columns[place].role = .target
      table.options.target = [table.columns[place].name]
    }
    for index in table.columns.indices where table.columns[index].role == .target {
      table.columns[index].takeYearsAsNumbers()
    }
    if table.columns.contains(where: { $0.note?.hasPrefix("read as cp1252") == true }),
      !table.notices.contains(Self.western)
    {
      table.notices.append(Self.western)
    }
    let noted = table.columns.filter { $0.role != .ignored && $0.note != nil && $0.note != "read as cp1252" }
    for column in noted.prefix(8) { table.notices.append("'\(column.name)': \(column.note ?? "")") }
    if noted.count > 8 {
      table.notices.append("... and \(noted.count - 8) more columns with a note: data columns shows them")
    }
  }

  /// What the file declares, else the last column.
  private func customaryTarget(_ table: DataTable) -> Int? {
    table.columns.firstIndex { $0.name == target && $0.role == .feature }
      ?? table.columns.lastIndex { $0.role == .feature }
  }

  /// pandas' index: a first column without a name, or called as one, that counts the rows.
  private func leaveOutIndex(_ table: inout DataTable) {
    guard let first = table.columns.first, isFirstUnnamed || NameLook.isIndex(first.name) else { return }
    if first.kind == .identifier || isFirstUnnamed && first.kind == .text {
      let called = isFirstUnnamed ? "has no name" : "is called '\(first.name)'"
      if !options.target.contains(first.name) {
        table.columns[0].role = .ignored
        table.notices.append("the first column \(called) and numbers the rows, as pandas' index does: left out")
      }
    }
  }
}
