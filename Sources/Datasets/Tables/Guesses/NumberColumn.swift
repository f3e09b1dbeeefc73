import Vocabulary

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
      if let sentinel = Self.sentinel(in: values) { notes.append(sentinel) }
      if column.kind == .number, isCompactDates {
        notes.append("look like dates as 20190131; dates=[\(NameText.quoted(name))] takes them so")
      }
      let most = Double(Float.greatestFiniteMagnitude)
      if values.contains(where: { $0.magnitude > most }) {
        column.kind = .identifier
        notes.append("\(Self.tooLarge) are not learned from")
      }
    }
    if hasWideIntegers { notes.append("whole numbers beyond 2^53 are rounded") }
    column.note = notes.isEmpty ? nil : notes.joined(separator: "; ")
    return column
  }

  /// 0, 1, 2 ... or 1, 2, 3 ... in the first column or under a name that says so.
  private var isCounter: Bool {
    let least = isFirst && NameLook.isUnnamed(name) ? 2 : 10
    guard values.count >= least, isFirst && NameLook.isIndex(name) || NameLook.isKey(name) else { return false }
    guard values[0] == 0 || values[0] == 1 else { return false }
    return values.indices.allSatisfy { values[$0] == values[0] + Double($0) }
  }

  /// Whole numbers that differ in every row.
  private var isKey: Bool {
    guard values.count >= 20, values.allSatisfy({ $0 == $0.rounded() }) else { return false }
    var seen: Set<Double> = []
    return values.indices.allSatisfy { row in
      // Whoever asked for the column looks at the interruption next.
      if row & Interrupting.mask == 0, Interrupting.isRaised { return false }
      return seen.insert(values[row]).inserted
    }
  }

  static let tooLarge = "numbers beyond 3.4e38"

  /// Whole numbers of eight digits that are days of 1900 to 2100.
  private var isCompactDates: Bool {
    let present = values.filter { !$0.isNaN }
    guard present.count >= 3, Set(present.prefix(100)).count > 2 else { return false }
    return present.indices.allSatisfy { row in
      if row & Interrupting.mask == 0, Interrupting.isRaised { return false }
      let value = present[row]
      guard (19_000_101...21_001_231).contains(value), value == value.rounded() else { return false }
      return DateText(String(Int(value))) != nil
    }
  }

  private static let marks =
    [-1.0, 9, 99, -9, -99]
    + (3...9).flatMap { digits -> [Double] in
      let nines = (0..<digits).reduce(0.0) { sum, _ in 10 * sum + 9 }
      return [nines, -nines]
    }

  /// -999 forty times, far from the rest.
  static func sentinel(in values: [Double]) -> String? {
    for candidate in marks where !Interrupting.isRaised {
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
  /// No name, as pandas writes its index.
  static func isUnnamed(_ name: String) -> Bool { name.isEmpty || name.lowercased().hasPrefix("unnamed: 0") }

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

/// A name as it is typed in a cell: bare if it is one word, else in quotes.
package enum NameText {
  package static func quoted(_ name: String) -> String {
    let isWord = name.first.map { $0.isASCII && ($0.isLetter || $0 == "_") } ?? false
    if isWord, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }) { return name }
    return "\"" + name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
