extension DataTable {
  /// Today's form of a network's examples: numbers as they are, categories one-hot in sorted order.
  ///
  /// Rows without a target are left out. Throws a `DataError` if the target does not suit the task.
  func examples(task: Task?) throws -> Examples {
    guard let target = columns.firstIndex(where: { $0.role == .target }) else {
      throw DataError("\(path) has no target")
    }
    let kept = (0..<rows).filter { !columns[target].isMissing($0) }
    guard !kept.isEmpty else {
      throw DataError("the target '\(columns[target].name)' of \(path) is missing in every row")
    }
    let (targets, classNames) = try targetValues(columns[target], kept, task)
    let features = columns.filter { $0.role == .feature && ![.text, .identifier].contains($0.kind) }
    guard !features.isEmpty else { throw DataError("\(path) has no column beside the target") }
    let encoding = TableEncoding(
      columns: features.map(\.encoding), target: columns[target].name, classNames: classNames)
    var missing: [Examples.Missing] = []
    let values = try encoding.values(self, features, kept) { missing.append(.init(row: Int32($0), column: Int32($1))) }
    var result = Examples(
      name: name, columns: encoding.featureNames.count, values: .floats(values), targets: targets)
    result.classNames = classNames
    result.featureNames = encoding.featureNames
    result.targetName = encoding.target
    result.encoding = encoding
    result.missing = missing
    result.notices = notices + leftOut()
    if kept.count < rows {
      result.notices.append("\(rows - kept.count) row\(rows - kept.count == 1 ? "" : "s") without a target left out")
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

  private func targetValues(_ column: DataColumn, _ kept: [Int], _ task: Task?) throws -> (Examples.Targets, [String]) {
    switch column.values {
    case .numbers(let all):
      let numbers = kept.map { all[$0] }
      guard (task ?? TargetRule.task(of: numbers)) == .classification else {
        return (.numbers(numbers), [])
      }
      let distinct = Set(numbers).sorted()
      let index = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, Int32($0)) })
      return (.classes(numbers.map { index[$0] ?? 0 }), distinct.map(TargetRule.name))
    case .codes(let codes, let dictionary):
      if task == .regression {
        let first = kept.first { Double(dictionary[Int(codes[$0])]) == nil } ?? kept[0]
        throw DataError(
          "\(path), \(place(first)), column '\(column.name)': '\(dictionary[Int(codes[first])])' is not a number",
          hint: "use task=classification for text")
      }
      let used = Set(kept.map { codes[$0] })
      let order = used.sorted { dictionary[Int($0)] < dictionary[Int($1)] }
      let index = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, Int32($0)) })
      return (.classes(kept.map { index[codes[$0]] ?? 0 }), order.map { dictionary[Int($0)] })
    }
  }
}

/// The rule for classes against numbers, the same for every reader.
package enum TargetRule {
  /// Whole numbers of at most twenty values that come twice on average are classes; other numbers are numbers.
  package static func task(of numbers: [Double]) -> Task {
    guard numbers.allSatisfy({ $0 == $0.rounded() }) else { return .regression }
    let distinct = Set(numbers).count
    return distinct <= 20 && numbers.count >= 2 * distinct ? .classification : .regression
  }

  /// A class by its number: "3", "0.5".
  package static func name(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }
}

extension DataColumn {
  /// A category's texts in sorted order.
  fileprivate var encoding: TableEncoding.Column {
    switch values {
    case .numbers: .number(name: name, mean: 0)
    case .codes(_, let dictionary): .text(name: name, categories: dictionary.sorted())
    }
  }
}

extension TableEncoding {
  /// Rows x features of the given columns; `missing` is told the place of every number that is not there.
  func values(
    _ table: DataTable, _ columns: [DataColumn], _ rows: [Int], missing: (_ row: Int, _ feature: Int) -> Void
  ) throws -> [Float] {
    let width = featureNames.count
    var result = [Float](repeating: 0, count: rows.count * width)
    var feature = 0
    for (encoding, column) in zip(self.columns, columns) {
      switch (encoding, column.values) {
      case (.number(let name, let mean), .numbers(let numbers)):
        for (place, row) in rows.enumerated() {
          let number = numbers[row]
          if number.isNaN { missing(place, feature) }
          let value = Float(number.isNaN ? mean : number)
          guard value.isFinite || mean.isNaN else {
            throw DataError("\(table.path), \(table.place(row)), column '\(name)': '\(number)' is not a finite number")
          }
          result[place * width + feature] = value
        }
        feature += 1
      case (.number(let name, _), .codes(let codes, let dictionary)):
        let row = rows.first { codes[$0] >= 0 && Double(dictionary[Int(codes[$0])]) == nil } ?? 0
        throw DataError(
          "\(table.path), \(table.place(row)), column '\(name)': '\(dictionary[Int(codes[row])])' is not a finite number"
        )
      case (.text(_, let categories), let values):
        let places = Dictionary(uniqueKeysWithValues: categories.enumerated().map { ($1, $0) })
        for (place, row) in rows.enumerated() {
          let text: String? =
            switch values {
            case .numbers(let numbers): numbers[row].isNaN ? nil : TargetRule.name(numbers[row])
            case .codes(let codes, let dictionary): codes[row] < 0 ? nil : dictionary[Int(codes[row])]
            }
          if let text, let category = places[text] { result[place * width + feature + category] = 1 }
        }
        feature += categories.count
      }
    }
    return result
  }
}
