/// A column of plain numbers: whether they are a counter or one value, and what looks like a mark for missing.
struct NumberColumn {
  let name: String
  var values: [Double]
  let words: [String]
  let isFirst: Bool
  let wanted: DataColumn.Kind?
  let hasWideIntegers: Bool

  func column() -> DataColumn {
    let missing = values.count { $0.isNaN }
    var form = ColumnForm()
    form.missingWords = words
    var column = DataColumn(name: name, kind: .number, values: .numbers(values), missing: missing, form: form)
    var notes: [String] = []
    if !words.isEmpty { notes.append(words.map { "'\($0)'" }.joined(separator: " and ") + " taken as missing") }
    if wanted == nil {
      if missing == values.count {
        column.kind = .constant
        notes.append("empty")
      } else if missing == 0, values.count > 1, values.allSatisfy({ $0 == values[0] }) {
        column.kind = .constant
      } else if isCounter {
        column.kind = .identifier
        notes.append("counts the rows")
      } else if NameLook.isKey(name), isKey {
        column.kind = .identifier
        notes.append("a different number in every row")
      }
      if let sentinel { notes.append(sentinel) }
    }
    if hasWideIntegers { notes.append("whole numbers beyond 2^53 are rounded") }
    column.note = notes.isEmpty ? nil : notes.joined(separator: "; ")
    return column
  }

  /// 0, 1, 2 ... or 1, 2, 3 ... in the first column or under a name that says so.
  private var isCounter: Bool {
    guard values.count >= 10, isFirst && NameLook.isIndex(name) || NameLook.isKey(name) else { return false }
    guard values[0] == 0 || values[0] == 1 else { return false }
    return values.indices.allSatisfy { values[$0] == values[0] + Double($0) }
  }

  /// Whole numbers that differ in every row.
  private var isKey: Bool {
    guard values.count >= 20, values.allSatisfy({ $0 == $0.rounded() }) else { return false }
    return Set(values).count == values.count
  }

  /// -999 forty times, far from the rest.
  private var sentinel: String? {
    for candidate in [-9999.0, -999, -99, -9, 9999, 999, 99999, -99999, -1, 99] {
      let count = values.count { $0 == candidate }
      guard count >= 3 else { continue }
      let rest = values.filter { !$0.isNaN && $0 != candidate }
      guard rest.count >= 3 else { continue }
      let mean = rest.reduce(0, +) / Double(rest.count)
      let spread = (rest.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rest.count)).squareRoot()
      guard abs(candidate - mean) > 10 * spread else { continue }
      return
        "\(Int(candidate)) appears \(count) times, far from the rest; na=[\"\(Int(candidate))\"] takes it as missing"
    }
    return nil
  }
}

/// What a column's name says.
enum NameLook {
  /// A table's index: no name, pandas' "Unnamed: 0", R's "rownames".
  static func isIndex(_ name: String) -> Bool {
    let folded = name.lowercased()
    return ["", "index", "unnamed: 0", "rownames", "row", "row.names", "rowname", "#", "no", "no.", "nr"].contains(
      folded)
      || folded.hasPrefix("unnamed: 0")
  }

  /// A key: id, customer_id, PassengerId.
  static func isKey(_ name: String) -> Bool {
    let folded = name.lowercased()
    if isIndex(name)
      || ["id", "key", "uid", "uuid", "case", "obs", "observation", "casenum", "caseid"].contains(folded)
    {
      return true
    }
    return ["_id", " id", "-id", ".id"].contains { folded.hasSuffix($0) } || name.hasSuffix("Id")
      || name.hasSuffix("ID")
      || ["id_", "id "].contains { folded.hasPrefix($0) }
  }
}
