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
    switch call.name {
    case "time": return try byTime(column)
    case "group": return try byGroup(column)
    default: return try byWords(column)
    }
  }

  private func byTime(_ column: DataColumn) throws -> Parts {
    guard case .numbers(let times) = column.values else {
      throw DataError("'\(column.name)' has no dates or numbers to order the rows by", about: "split")
    }
    guard !times.contains(where: \.isNaN) else {
      throw DataError("'\(column.name)' is missing in some rows, which then have no place in time", about: "split")
    }
    guard preparation.folds == nil else {
      throw DataError("folds= and split=time do not go together: folds mix the times", about: "folds")
    }
    let order = try Interrupting.sorted(times.indices) { (times[$0], $0) < (times[$1], $1) }.map { Int32($0) }
    let (validation, test) = try counts()
    let first = order.count - validation - test
    return Parts(
      training: order[..<first].sorted(), validation: order[first..<(first + validation)].sorted(),
      test: order[(first + validation)...].sorted(), folds: [])
  }

  private func byGroup(_ column: DataColumn) throws -> Parts {
    let codes = column.groups
    var rows: [Int32: [Int32]] = [:]
    for (row, code) in codes.enumerated() { rows[code, default: []].append(Int32(row)) }
    var random = RandomStream(seed: preparation.seed, "data", "groups")
    var groups = rows.keys.sorted()
    groups.shuffle(using: &random)
    let (validation, test) = try counts()
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

  private static let words: [String: Split] = [
    "train": .train, "training": .train, "validation": .validation, "valid": .validation, "val": .validation,
    "dev": .validation, "test": .test,
  ]

  private func byWords(_ column: DataColumn) throws -> Parts {
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

  private func counts() throws -> (validation: Int, test: Int) {
    let total = examples.rows
    let test = (preparation.test ?? .fraction(0.2)).rows(of: total)
    let validation = preparation.folds == nil ? (preparation.validation ?? .fraction(0.2)).rows(of: total) : 0
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
