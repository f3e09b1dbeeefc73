import Vocabulary

/// A column of plain numbers: whether they are a counter or one value, and what looks like a mark for missing.
struct NumberColumn {
  let name: String
  var values: [Double]
  let words: [String]
  let isFirst: Bool
  let wanted: DataColumn.Kind?
  let hasWideIntegers: Bool
  var hasLeadingZeros = false
  /// Whether it is a first column without a name in the header.
  var isUnnamed = false

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
      } else if isUnnamed || NameLook.isKey(name), isKey {
        column.kind = .identifier
        notes.append("a different number in every row")
      }
      if let sentinel = Self.sentinel(in: values) { notes.append(sentinel) }
      if column.kind == .number, hasLeadingZeros {
        notes.append(
          "some begin with zeros, as codes do: taken as numbers; categorical=[\(NameText.quoted(name))] takes them as codes"
        )
      }
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
    let least = isUnnamed || isFirst && NameLook.isUnnamed(name) ? 2 : 10
    guard values.count >= least, isUnnamed || isFirst && NameLook.isIndex(name) || NameLook.isKey(name) else {
      return false
    }
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
      guard (16_000_101...21_001_231).contains(value), value == value.rounded() else { return false }
      return DateText(String(Int(value))) != nil
    }
  }

  /// -999 forty times, far from the rest: a value that comes three times at least, at an end of the column, ten deviations
  /// of the other values from their mean and five from the nearest of them.
  static func sentinel(in values: [Double]) -> String? {
    guard hasRepeatedEnd(values) else { return nil }
    var rest = values.filter { !$0.isNaN }
    var found: [String] = []
    while found.count < 3, let mark = extreme(of: rest) {
      let name = TargetRule.name(mark)
      let count = rest.count { $0 == mark }
      found.append("\(name) appears \(count) times, far from the rest; na=[\"\(name)\"] takes it as missing")
      rest.removeAll { $0 == mark }
    }
    return found.isEmpty ? nil : found.joined(separator: "; ")
  }

  /// Whether the least or the greatest value comes three times: most columns need no second look.
  private static func hasRepeatedEnd(_ values: [Double]) -> Bool {
    var (low, high) = (Double.infinity, -Double.infinity)
    var (lows, highs) = (0, 0)
    for value in values {
      if value < low { (low, lows) = (value, 0) }
      if value > high { (high, highs) = (value, 0) }
      if value == low { lows += 1 }
      if value == high { highs += 1 }
    }
    return low < high && max(lows, highs) >= 3
  }

  /// The least or the greatest value, if it is such a mark. Linear in the values.
  private static func extreme(of values: [Double]) -> Double? {
    guard let low = values.min(), let high = values.max(), low < high else { return nil }
    return [low, high].first { mark in
      let count = values.count { $0 == mark }
      guard count >= 3, values.count - count >= 5 else { return false }
      var (sum, nearest) = (0.0, Double.infinity)
      for value in values where value != mark {
        sum += value
        nearest = min(nearest, abs(value - mark))
      }
      let mean = sum / Double(values.count - count)
      let squares = values.reduce(0) { $1 == mark ? $0 : $0 + ($1 - mean) * ($1 - mean) }
      let spread = (squares / Double(values.count - count)).squareRoot()
      guard spread > 0, spread.isFinite else { return false }
      return abs(mark - mean) > 10 * spread && nearest > 5 * spread
    }
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
    return text(name)
  }

  /// A text in quotes, as it is typed in a cell and in Python.
  static func text(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
