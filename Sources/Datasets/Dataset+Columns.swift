extension Dataset {
  /// Says what was missing in the rows that are used, and which columns have no input.
  func tableNotices(_ table: DataTable, _ encoding: TableEncoding) -> [String] {
    let used = training + validation + test
    let inputs = Dictionary(encoding.columns.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var notices: [String] = []
    let gaps = table.columns.filter { inputs[$0.name] != nil && $0.missing > 0 }.map { column in
      (column, used.count { column.isMissing(Int($0)) })
    }.filter { $0.1 > 0 }
    let numbers = gaps.filter { if case .numbers = $0.0.values { true } else { false } }
    if !numbers.isEmpty {
      let count = numbers.reduce(0) { $0 + $1.1 }
      notices.append(
        "\(count) missing number\(count == 1 ? "" : "s") replaced by the training mean (\(Self.listed(numbers.map(\.0.name))))"
      )
    }
    let texts = gaps.filter { if case .codes = $0.0.values { true } else { false } }
    if !texts.isEmpty {
      let count = texts.reduce(0) { $0 + $1.1 }
      notices.append("\(count) missing text\(count == 1 ? "" : "s") (\(Self.listed(texts.map(\.0.name))))")
    }
    for case .category(let input) in encoding.columns where !input.rare.isEmpty {
      let count = input.rare.count
      notices.append(
        "'\(input.name)': \(count == 1000 ? "1,000 or more" : "\(count)") rare categor\(count == 1 ? "y" : "ies") together; rare= says how few rows are rare"
      )
    }
    notices += outliers(table, encoding)
    let idle = table.columns.filter {
      $0.role == .feature && inputs[$0.name] == nil && ![.text, .identifier].contains($0.kind)
    }
    if !idle.isEmpty {
      notices.append(
        idle.count == 1
          ? "the column '\(idle[0].name)' tells nothing in the training rows: it is constant, or all its categories are rare"
          : "\(idle.count) columns tell nothing in the training rows (\(Self.listed(idle.map(\.name)))): they are constant, or all their categories are rare"
      )
    }
    return notices
  }

  /// Numbers so far from those of the training rows that losses overflow.
  private func outliers(_ table: DataTable, _ encoding: TableEncoding) -> [String] {
    let places = ColumnPlaces(table.columns.lazy.map(\.name))
    return encoding.columns.compactMap { column in
      guard case .number(let input) = column, case .standard(let mean, let deviation) = input.scale,
        let place = places[input.name], case .numbers(let numbers) = table.columns[place].values
      else { return nil }
      let most = 1e6 * deviation
      for (split, rows) in [("training", training), ("validation", validation), ("test", test)] {
        guard let row = rows.first(where: { abs(numbers[Int($0)] - mean) > most }) else { continue }
        return
          "'\(input.name)': \(table.place(Int(row))), a \(split) row, has \(numbers[Int(row)]), more than a million deviations from the training rows' mean; standardize=robust bounds it"
      }
      return nil
    }
  }

  private static func listed(_ names: [String]) -> String {
    names.prefix(3).map { "'\($0)'" }.joined(separator: ", ") + (names.count > 3 ? ", ..." : "")
  }
}
