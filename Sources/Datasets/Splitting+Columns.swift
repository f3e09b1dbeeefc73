import LinearAlgebra
import Vocabulary

/// How rows are split by a column of the table, where it is not by chance.
package enum ColumnSplit {
  package static let syntaxes = [
    Syntax(
      "time", "the last rows by a date or number are the test part, those before them validation",
      options: [Option("column", .name(.column), required: true, "a column of dates or numbers")],
      example: "split=time(sold)"),
    Syntax(
      "group", "rows with the same value stay together in one part",
      options: [Option("column", .name(.column), required: true, "whose rows belong together; not a feature")],
      example: "split=group(person)"),
    Syntax(
      "column", "a column says the part of each row: train, validation or test",
      options: [Option("column", .name(.column), required: true, "the column with these words; not a feature")],
      example: "split=column(part)"),
  ]

  static func column(_ call: Call) throws -> String {
    guard let syntax = syntaxes.first(where: { $0.name == call.name }), let name = call.text("column", syntax) else {
      throw DataError("split=\(call) is not known", hint: "use time, group or column", about: "split")
    }
    return name
  }
}

extension Splitting {
  /// The parts that a column of the table gives.
  func parts(by call: Call) throws -> Parts {
    let name = try ColumnSplit.column(call)
    guard let table = examples.table else {
      throw DataError("split=\(call) needs a table", hint: "use data csv(...)", about: "split")
    }
    guard preparation.limit == nil else {
      throw DataError("limit= and split= do not go together", hint: "use one of them", about: "limit")
    }
    let column = table.columns[try table.column(name)]
    guard call.name != "column" else { return try byWords(column) }
    // Files of validation or test rows stay what they are: the others are split.
    let validation = (examples.validationRows ?? 0..<0).map(Int32.init)
    let test = (examples.testRows ?? 0..<0).map(Int32.init)
    guard preparation.folds == nil || validation.isEmpty else {
      throw DataError("folds= makes the validation parts, but \(examples.name) has one of its own", about: "folds")
    }
    let isGiven = Set(validation + test)
    let pool = (0..<Int32(clamping: examples.rows)).filter { !isGiven.contains($0) }
    var parts = try call.name == "time" ? byTime(column, pool) : byGroup(column, pool)
    if examples.validationRows != nil { parts.validation = try part(validation, "validation", preparation.validation) }
    if examples.testRows != nil { parts.test = try part(test, "test", preparation.test) }
    return parts
  }

  private func byTime(_ column: DataColumn, _ pool: [Int32]) throws -> Parts {
    guard case .numbers(let times) = column.values else {
      throw DataError("'\(column.name)' has no dates or numbers to order the rows by", about: "split")
    }
    guard !pool.contains(where: { times[Int($0)].isNaN }) else {
      throw DataError("'\(column.name)' is missing in some rows, which then have no place in time", about: "split")
    }
    guard preparation.folds == nil else {
      throw DataError("folds= and split=time do not go together: folds mix the times", about: "folds")
    }
    let order = try Interrupting.sorted(pool) { (times[Int($0)], $0) < (times[Int($1)], $1) }
    let (validation, test) = try counts(of: pool.count)
    let first = order.count - validation - test
    return Parts(
      training: order[..<first].sorted(), validation: order[first..<(first + validation)].sorted(),
      test: order[(first + validation)...].sorted(), folds: [])
  }

  private func byGroup(_ column: DataColumn, _ pool: [Int32]) throws -> Parts {
    let codes = column.groups
    var rows: [Int32: [Int32]] = [:]
    for row in pool { rows[codes[Int(row)], default: []].append(row) }
    try checkApart(column, codes, rows)
    guard rows.count > 1 else {
      throw DataError("'\(column.name)' has one group: no part can be held out", about: "split")
    }
    var random = RandomStream(seed: preparation.seed, "data", "groups")
    var groups = rows.keys.sorted()
    groups.shuffle(using: &random)
    let (validation, test) = try counts(of: pool.count)
    /// Whole groups, as long as they bring the part nearer to its size.
    func take(_ count: Int) -> [Int32] {
      var part: [Int32] = []
      while part.count < count, groups.count > 1, let next = groups.last {
        guard part.isEmpty || 2 * (count - part.count) >= rows[next]!.count else { break }
        groups.removeLast()
        part += rows[next]!
      }
      return part.sorted()
    }
    let testRows = take(test)
    guard let folds = preparation.folds else {
      let validationRows = take(validation)
      return Parts(
        training: groups.flatMap { rows[$0]! }.sorted(), validation: validationRows, test: testRows, folds: [])
    }
    guard folds <= groups.count else {
      throw DataError("folds=\(folds) is more than the \(groups.count) groups that are not test", about: "folds")
    }
    var parts = [[Int32]](repeating: [], count: folds)
    for group in groups.sorted(by: { (rows[$1]!.count, $0) < (rows[$0]!.count, $1) }) {
      let least = parts.indices.min { (parts[$0].count, $0) < (parts[$1].count, $1) }!
      parts[least] += rows[group]!
    }
    parts = parts.map { $0.sorted() }
    return Parts(training: parts[1...].flatMap { $0 }.sorted(), validation: parts[0], test: testRows, folds: parts)
  }

  /// Throws a `DataError` if a group of the rows to be split is in a file of validation or test rows too.
  private func checkApart(_ column: DataColumn, _ codes: [Int32], _ groups: [Int32: [Int32]]) throws {
    for (name, part) in [("validation", examples.validationRows), ("test", examples.testRows)] {
      guard let row = part?.first(where: { groups[codes[$0]] != nil }) else { continue }
      let group = codes[row] < 0 ? "" : column.texts.dictionary[Int(codes[row])]
      throw DataError(
        "'\(column.name)' has '\(group)' in the \(name) file and in the other rows, so its groups are not apart",
        hint: "use the files without split=, or one file with it", about: "split")
    }
  }

  private static let words: [String: Split] = [
    "train": .train, "training": .train, "validation": .validation, "valid": .validation, "val": .validation,
    "dev": .validation, "test": .test,
  ]

  private func byWords(_ column: DataColumn) throws -> Parts {
    guard examples.validationRows == nil, examples.testRows == nil else {
      throw DataError(
        "split=column and files of validation or test rows do not go together", hint: "use one of them", about: "split")
    }
    let asked = [
      ("folds", preparation.folds != nil), ("test", preparation.test != nil),
      ("validation", preparation.validation != nil),
    ]
    if let option = asked.first(where: \.1)?.0 {
      throw DataError(
        "\(option)= and split=column do not go together: '\(column.name)' says each row's part",
        hint: "use one of them",
        about: option)
    }
    let (codes, dictionary) = column.texts
    var parts = Parts(training: [], validation: [], test: [], folds: [])
    for (row, code) in codes.enumerated() {
      let word = code < 0 ? "" : dictionary[Int(code)]
      switch Self.words[word.lowercased()] {
      case .train: parts.training.append(Int32(row))
      case .validation: parts.validation.append(Int32(row))
      case .test: parts.test.append(Int32(row))
      case nil:
        throw DataError(
          "'\(column.name)' has '\(word)' in row \(examples.number(of: row)), which is not a part",
          hint: "use the words train, validation and test", about: "split")
      }
    }
    guard !parts.training.isEmpty else {
      throw DataError("'\(column.name)' leaves no rows to train on", about: "split")
    }
    return parts
  }

  /// Rows of the parts that are drawn of so many.
  private func counts(of total: Int) throws -> (validation: Int, test: Int) {
    let test = examples.testRows != nil ? 0 : (preparation.test ?? .fraction(0.2)).rows(of: total)
    let isDrawn = preparation.folds == nil && examples.validationRows == nil
    let validation = isDrawn ? (preparation.validation ?? .fraction(0.2)).rows(of: total) : 0
    guard test >= 0, validation >= 0, test + validation < total else {
      throw DataError("validation takes \(validation) and test \(test) of \(total) rows: nothing is left to train on")
    }
    return (validation, test)
  }
}

extension DataColumn {
  /// A number for each row's value, the same for equal ones; missing rows are a group.
  fileprivate var groups: [Int32] {
    switch values {
    case .codes(let codes, _): return codes
    case .numbers: return texts.codes
    }
  }
}

extension Examples {
  /// The same with another role of a table's column.
  func giving(_ role: DataColumn.Role, to name: String) throws -> Examples {
    guard var table, let encoding else { return self }
    let place = try table.column(name)
    guard table.columns[place].role != .target else {
      throw DataError("'\(name)' is the target, which cannot split the rows", about: "split")
    }
    table.columns[place].role = role
    var result = self
    result.values = .table(try EncodedTable(table, encoding))
    return result
  }
}
