import Vocabulary

extension DataTable {
  /// The rows that have a target, with it; what the other columns become is fitted by a dataset.
  ///
  /// Throws a `DataError` if the target does not suit the task.
  ///
  /// `ends`: where the rows to be split, the file of validation rows and that of test rows end.
  package func examples(task: Task?, ends: [Int]? = nil) throws -> Examples {
    let places = columns.indices.filter { columns[$0].role == .target }
    guard let first = places.first else { throw DataError("\(path) has no target") }
    let kept = (0..<rows).filter { row in places.allSatisfy { !columns[$0].isMissing(row) } }
    guard !kept.isEmpty else {
      throw DataError("the target '\(columns[first].name)' of \(path) is missing in every row")
    }
    guard columns.contains(where: { $0.role == .feature }) else {
      throw DataError("\(path) has no column beside the target")
    }
    try Interrupting.check()
    let used = kept.count == rows ? self : selecting(kept)
    try Interrupting.check()
    let (targets, classNames) = try used.targets(places, task)
    // What the columns become is fitted on training rows: there are no inputs yet.
    let encoding = TableEncoding(columns: [], target: "", classNames: classNames)
    var result = Examples(
      name: name, columns: 0, values: .table(try EncodedTable(used, encoding)), targets: targets)
    result.classNames = classNames
    result.targetNames = places.map { columns[$0].name }
    result.weights = try used.rowWeights() ?? []
    result.notices = notices + leftOut()
    result.notices += places.compactMap { used.columns[$0].targetUnit(task) }
    if places.count == 1, task == nil { result.notices += try TargetRule.notice(of: used.columns[first]) }
    if kept.count < rows || !rowNumbers.isEmpty { result.rowNumbers = kept.map(number) }
    if kept.count < rows {
      result.rowsWithoutTarget = rows - kept.count
      result.notices.append("\(rows - kept.count) row\(rows - kept.count == 1 ? "" : "s") without a target left out")
    }
    if let ends, ends.count == 3 {
      let places = ends.map { end in kept.count { $0 < end } }
      for (part, name) in [(1, "validation"), (2, "test")] where ends[part] > ends[part - 1] {
        guard places[part] == places[part - 1] else { continue }
        throw DataError("no row of the \(name) file has a target", about: name)
      }
      if places[1] > places[0] { result.validationRows = places[0]..<places[1] }
      if places[2] > places[1] { result.testRows = places[1]..<places[2] }
    }
    return result
  }

  /// The number of a row in its file, from 1.
  func number(of row: Int) -> Int32 { rowNumbers.isEmpty ? Int32(clamping: row + 1) : rowNumbers[row] }

  /// The numbers of all rows in their files.
  package var numbers: [Int] { (0..<rows).map { Int(number(of: $0)) } }

  /// Some of the rows, in the given order.
  func selecting(_ kept: [Int]) -> DataTable {
    var result = self
    result.rows = kept.count
    result.lines = lines.isEmpty ? [] : kept.map { lines[$0] }
    result.rowNumbers = rowNumbers.isEmpty ? [] : kept.map { rowNumbers[$0] }
    result.sourceRows = kept.map { sourceRows.isEmpty ? Int32(clamping: $0) : sourceRows[$0] }
    for index in columns.indices {
      result.columns[index].values = columns[index].values.selecting(kept)
      result.columns[index].written = columns[index].written?.selecting(kept)
      result.columns[index].missing = kept.count { columns[index].isMissing($0) }
    }
    return result
  }

  /// One line for all columns that are not for a network.
  private func leftOut() -> [String] {
    let names = columns.filter { $0.role == .feature && [.text, .identifier].contains($0.kind) }.map { "'\($0.name)'" }
    guard !names.isEmpty else { return [] }
    return [
      "left out: \(names.prefix(5).joined(separator: ", "))\(names.count > 5 ? ", ..." : "") (names or free text: too many different values)"
    ]
  }

  private func targets(_ places: [Int], _ task: Task?) throws -> (Examples.Targets, [String]) {
    guard places.count > 1 else { return try targetValues(columns[places[0]], task) }
    guard task != .classification else {
      throw DataError("several targets are numbers; classes are predicted one column at a time", hint: "use one target")
    }
    let all = try places.map { try targetNumbers(columns[$0]) }
    return (.numbers((0..<rows).flatMap { row in all.map { $0[row] } }, width: places.count), [])
  }

  private func targetValues(_ column: DataColumn, _ task: Task?) throws -> (Examples.Targets, [String]) {
    if column.kind == .date, task != .classification { return (.numbers(try targetNumbers(column)), []) }
    switch column.kind == .date ? .codes(column.days.codes, dictionary: column.days.dictionary) : column.values {
    case .numbers(let numbers):
      guard try (task ?? TargetRule.task(of: numbers)) == .classification else { return (.numbers(numbers), []) }
      if let labels = column.exactLabels { return try classes(labels) { "\($0)" } }
      return try classes(numbers, TargetRule.name)
    case .codes(let codes, let dictionary):
      if task == .regression {
        let first = codes.indices.first { Double(dictionary[Int(codes[$0])]) == nil } ?? 0
        throw DataError(
          "\(path), \(place(first)), column '\(column.name)': '\(dictionary[Int(codes[first])])' is not a number",
          hint: "use task=classification for text")
      }
      var isUsed = [Bool](repeating: false, count: dictionary.count)
      try Interrupting.forEach(codes) { isUsed[Int($0)] = true }
      let order = isUsed.indices.filter { isUsed[$0] }.sorted { dictionary[$0] < dictionary[$1] }
      var places = [Int32](repeating: 0, count: dictionary.count)
      for (place, code) in order.enumerated() { places[code] = Int32(place) }
      return (.classes(try Interrupting.map(codes) { places[Int($0)] }), order.map { dictionary[$0] })
    }
  }

  /// Labels as classes, in ascending order.
  private func classes<Label: Hashable & Comparable>(
    _ labels: [Label], _ name: (Label) -> String
  ) throws -> (Examples.Targets, [String]) {
    var places: [Label: Int32] = [:]
    try Interrupting.forEach(labels) { places[$0] = 0 }
    let distinct = places.keys.sorted()
    for (place, label) in distinct.enumerated() { places[label] = Int32(place) }
    return (.classes(try Interrupting.map(labels) { places[$0] ?? 0 }), distinct.map(name))
  }
}

extension DataColumn {
  /// Whole numbers that a double rounds, as the file has them: two labels beyond 2^53 stay two. nil if there are none.
  fileprivate var exactLabels: [Int128]? {
    guard case .codes(let codes, let dictionary)? = written, codes.allSatisfy({ $0 >= 0 }) else { return nil }
    let labels = dictionary.map { Int128($0, radix: 10) }
    let exact = codes.compactMap { labels[Int($0)] }
    return exact.count == codes.count ? exact : nil
  }
}

extension DataColumn.Values {
  /// Those of some rows.
  fileprivate func selecting(_ kept: [Int]) -> DataColumn.Values {
    switch self {
    case .numbers(let numbers): .numbers(kept.map { numbers[$0] })
    case .codes(let codes, let dictionary): .codes(kept.map { codes[$0] }, dictionary: dictionary)
    }
  }
}

/// The rule for classes against numbers, the same for every reader.
package enum TargetRule {
  /// Whole numbers of at most twenty values that come twice on average are classes; other numbers are numbers.
  package static func task(of numbers: [Double]) throws -> Task {
    guard numbers.allSatisfy({ $0 == $0.rounded() }) else { return .regression }
    let distinct = try Interrupting.distinct(numbers, atMost: 21)
    return distinct <= 20 && numbers.count >= 2 * distinct ? .classification : .regression
  }

  /// What was decided, if another reader of the numbers would wonder: classes that are numbers, or whole numbers that
  /// are not classes; and texts that look like no classes.
  static func notice(of column: DataColumn) throws -> [String] {
    switch column.values {
    case .codes(let codes, let dictionary):
      var isUsed = [Bool](repeating: false, count: dictionary.count)
      for code in codes where code >= 0 { isUsed[Int(code)] = true }
      let distinct = isUsed.count { $0 }
      guard distinct > 20, 2 * distinct > codes.count else { return [] }
      return [
        "the target '\(column.name)' has \(distinct) different texts in \(codes.count) rows: it looks like names or free text; target= names another column"
      ]
    case .numbers(let numbers):
      guard column.kind != .date, numbers.allSatisfy({ $0 == $0.rounded() }) else { return [] }
      let distinct = try Interrupting.distinct(numbers, atMost: 101)
      if try task(of: numbers) == .classification {
        guard distinct > 2 else { return [] }
        return [
          "the target '\(column.name)' has \(distinct) whole numbers, taken as classes; task=regression takes them as numbers"
        ]
      }
      guard distinct > 2, distinct <= 100, numbers.count >= 2 * distinct else { return [] }
      return [
        "the target '\(column.name)' has \(distinct) whole numbers, more than 20: taken as numbers; task=classification takes them as classes"
      ]
    }
  }

  /// A class by its number: "3", "0.5".
  package static func name(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }
}
