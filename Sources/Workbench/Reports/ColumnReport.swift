import Datasets
import Drawing
import Vocabulary

/// What `data columns` says: a column of the data a row.
enum ColumnReport {
  /// Columns that are listed; the rest is counted.
  static let most = 40

  /// `besides`: what has been said already.
  static func table(_ data: LoadedData, besides said: [String] = []) throws -> Table {
    let facts = try data.dataset.columnFacts(countingNumbers: false)
    let known = Set(said)
    let rows = facts.prefix(most).map { column in
      [
        column.name, taken(column), column.missing == 0 ? "" : Number.count(column.missing), values(column),
        column.role == .feature ? (column.inputs == 0 ? "left out" : Number.count(column.inputs)) : "",
      ]
    }
    var notes = facts.prefix(most).compactMap { column in column.note.map { "'\(column.name)': \($0)" } }
      .filter { !known.contains($0) }
    if facts.count > most { notes.insert("and \(Number.count(facts.count - most)) more columns", at: 0) }
    return Table(
      title: "columns of \(data.dataset.name)",
      columns: [
        .init("column", .left), .init("taken as", .left), .init("missing"), .init("values", .left), .init("inputs"),
      ], rows: Array(rows), note: notes.isEmpty ? nil : notes.joined(separator: "\n"))
  }

  private static func taken(_ column: ColumnFacts) -> String {
    column.role == .feature ? column.kind.rawValue : "\(column.role.rawValue) (\(column.kind.rawValue))"
  }

  private static func values(_ column: ColumnFacts) -> String {
    guard let range = column.range else {
      let some = column.texts.prefix(3).map { $0.count > 20 ? $0.prefix(19) + "…" : $0 }.joined(separator: ", ")
      return column.distinct <= 3 ? some : "\(Number.count(column.distinct)): \(some), ..."
    }
    let ends = [range.lowerBound, range.upperBound].map {
      column.kind == .date ? column.day($0) : Number.significant($0, digits: 4)
    }
    return ends[0] == ends[1] ? ends[0] : ends.joined(separator: " to ")
  }
}

/// What `describe` says: pandas' statistics, a column a row.
enum DescriptionReport {
  static func tables(_ data: LoadedData) throws -> [Table] {
    let columns = try data.dataset.columns()
    let numbers = try Listed(columns) { column in
      guard case .numbers(let values) = column.values, column.kind != .date else { return nil }
      return { try [column.name] + statistics(values.filter { !$0.isNaN }) }
    }
    let texts = try Listed(columns) { column in
      guard case .codes(let codes, let dictionary) = column.values else { return nil }
      return {
        var counts = [Int](repeating: 0, count: dictionary.count)
        for code in codes where code >= 0 { counts[Int(code)] += 1 }
        let top = counts.indices.max { (counts[$0], $1) < (counts[$1], $0) }
        return [
          column.name, Number.count(counts.reduce(0, +)), Number.count(counts.count { $0 > 0 }),
          top.map { dictionary[$0] } ?? "", top.map { Number.count(counts[$0]) } ?? "",
        ]
      }
    }
    let dates = try Listed(columns) { column in
      guard case .numbers(let values) = column.values, column.kind == .date else { return nil }
      return {
        let present = try values.filter { !$0.isNaN }.sortedInterruptibly()
        guard let low = present.first, let high = present.last else { return [column.name, "0", "", "", ""] }
        let days = [low, ColumnStatistics.quantile(present, 0.5), high].map(CalendarText(column.form.dateUnit).day)
        return [column.name, Number.count(present.count)] + days
      }
    }
    var tables: [Table] = []
    let without = data.dataset.examples.rowsWithoutTarget
    let left =
      without == 0 ? "" : ", without \(Number.count(without)) row\(without == 1 ? "" : "s") that have no target"
    func add(_ title: String, _ names: [String], _ listed: Listed) {
      guard !listed.rows.isEmpty else { return }
      tables.append(
        Table(
          title: "\(title) of \(data.dataset.name)\(left)", columns: [.init("column", .left)] + names.map { .init($0) },
          rows: listed.rows, note: listed.rest > 0 ? "and \(Number.count(listed.rest)) more columns" : nil))
    }
    add("numbers", ["count", "mean", "std", "min", "25%", "50%", "75%", "max"], numbers)
    add("texts", ["count", "unique", "top", "freq"], texts)
    add("dates", ["count", "min", "50%", "max"], dates)
    return tables
  }

  /// Rows of the first columns of a kind, and how many there are besides: only what is shown is worked out.
  private struct Listed {
    var rows: [[String]] = []
    var rest = 0

    /// `row` gives what works out a column's row; nil if the column is of another kind.
    init(_ columns: [DataColumn], _ row: (DataColumn) -> (() throws -> [String])?) throws {
      for column in columns {
        try Interrupting.check()
        guard let made = row(column) else { continue }
        if rows.count < ColumnReport.most { rows.append(try made()) } else { rest += 1 }
      }
    }
  }

  private static func statistics(_ values: [Double]) throws -> [String] {
    let statistics = try ColumnStatistics(values)
    return [Number.count(values.count)]
      + [statistics.mean, statistics.deviation].map { Number.significant($0, digits: 4) }
      + statistics.quantiles.map { Number.significant($0, digits: 4) }
  }
}

/// Mean, sample deviation, and the least, the quartiles and the greatest: pandas' `describe`.
struct ColumnStatistics {
  let mean: Double
  let deviation: Double
  let quantiles: [Double]

  init(_ values: [Double]) throws {
    let count = Double(values.count)
    let mean = values.isEmpty ? Double.nan : values.reduce(0, +) / count
    let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    deviation = values.count < 2 ? .nan : (square / (count - 1)).squareRoot()
    let sorted = try values.sortedInterruptibly()
    quantiles = [0, 0.25, 0.5, 0.75, 1].map { Self.quantile(sorted, $0) }
  }

  static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    guard let last = sorted.last else { return .nan }
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    guard below + 1 < sorted.count else { return last }
    return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
  }
}
