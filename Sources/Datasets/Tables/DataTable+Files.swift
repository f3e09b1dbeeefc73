import Foundation

extension DataTable {
  /// Reads a file, or all files that a name with `*` stands for, one below the other in the order of their names.
  static func read(
    files path: String, options: ReadingOptions = ReadingOptions(), schema: TableSchema? = nil,
    context: LoadingContext = LoadingContext()
  ) throws -> DataTable {
    let resolved = FileBytes.resolve(path, in: context.folder)
    guard path.contains("*"), !TableFormat.isAddress(path), !FileManager.default.fileExists(atPath: resolved) else {
      return try read(path, options: options, schema: schema, context: context)
    }
    let files = files(like: resolved)
    guard let first = files.first else {
      throw DataError("no file is called like '\(path)'", hint: "try the folder's files with a name of their own")
    }
    var table = try read(first, options: options, schema: schema, context: context)
    for file in files.dropFirst() {
      try table.append(try read(file, options: options, schema: schema ?? table.schema, context: context))
    }
    if files.count > 1 { table.notices.append("\(files.count) files were read, one below the other") }
    return table
  }

  /// The files that a path stands for whose last part holds `*`, in the order of their names; none of a path without.
  package static func files(like path: String) -> [String] {
    let folder = (path as NSString).deletingLastPathComponent
    let parts = (path as NSString).lastPathComponent.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return [] }
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { name in
      !name.hasPrefix(".") && matches(name, parts.map(String.init))
    }
    return names.sorted().map { "\(folder)/\($0)" }
  }

  /// Whether a name is the parts with anything between them.
  private static func matches(_ name: String, _ parts: [String]) -> Bool {
    guard let first = parts.first, let last = parts.last, name.hasPrefix(first), name.hasSuffix(last),
      name.count >= first.count + last.count
    else { return false }
    var rest = name.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }

  /// Adds the rows of another table, columns by name. Throws a `DataError` if it lacks one or took one otherwise.
  mutating func append(_ other: DataTable) throws {
    let places = ColumnPlaces(other.columns.lazy.map(\.name))
    for index in columns.indices {
      // What is no part of the data may be missing there.
      guard let place = places[columns[index].name] else {
        guard columns[index].role != .feature, columns[index].role != .target else {
          throw Self.unknownColumn(columns[index].name, of: other.path, columns: other.columns.map(\.name))
        }
        columns[index].appendMissing(other.rows)
        continue
      }
      columns[index].append(try other.numbersIfNeeded(by: columns[index], other.columns[place]), other.columns[place])
    }
    let numbers = rowNumbers.isEmpty ? (0..<rows).map { Int32(clamping: $0 + 1) } : rowNumbers
    let more = other.rowNumbers.isEmpty ? (0..<other.rows).map { Int32(clamping: $0 + 1) } : other.rowNumbers
    rowNumbers = numbers + more
    rows += other.rows
    // Lines of several files say nothing.
    lines = []
    notices += other.notices.filter { !notices.contains($0) }
  }

  private func numbersIfNeeded(by column: DataColumn, _ own: DataColumn) throws -> [Double] {
    if case .numbers = column.values { return try numbers(own) }
    return []
  }
}

extension DataColumn.Values {
  /// The texts of two columns as the files have them, one below the other.
  fileprivate static func joined(_ first: DataColumn, _ second: DataColumn) -> DataColumn.Values {
    let (codes, dictionary) = first.writtenTexts
    let (more, texts) = second.writtenTexts
    let shift = Int32(clamping: dictionary.count)
    return .codes(codes + more.map { $0 < 0 ? -1 : $0 + shift }, dictionary: dictionary + texts)
  }
}

extension DataColumn {
  fileprivate mutating func appendMissing(_ count: Int) {
    switch values {
    case .numbers(let all): values = .numbers(all + .init(repeating: .nan, count: count))
    case .codes(let all, let dictionary):
      values = .codes(all + .init(repeating: -1, count: count), dictionary: dictionary)
    }
    if case .codes(let all, let dictionary)? = written {
      written = .codes(all + .init(repeating: -1, count: count), dictionary: dictionary)
    }
    missing += count
  }

  /// Adds the values of another column: the numbers, or its texts by this one's dictionary.
  fileprivate mutating func append(_ numbers: [Double], _ other: DataColumn) {
    missing += other.missing
    if written != nil || other.written != nil { written = .joined(self, other) }
    switch values {
    case .numbers(let all): values = .numbers(all + numbers)
    case .codes(let all, var dictionary):
      var places = Dictionary(dictionary.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
      let (codes, texts) = other.texts
      let translated = texts.map { text -> Int32 in
        if let place = places[text] { return place }
        // A boolean has two words.
        if kind == .boolean { return places.first { $0.key.lowercased() == text.lowercased() }?.value ?? -1 }
        dictionary.append(text)
        places[text] = Int32(dictionary.count - 1)
        return Int32(dictionary.count - 1)
      }
      values = .codes(all + codes.map { $0 < 0 ? -1 : translated[Int($0)] }, dictionary: dictionary)
    }
  }
}
