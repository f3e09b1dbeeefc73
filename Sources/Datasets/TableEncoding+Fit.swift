import Vocabulary
import LinearAlgebra

/// What is asked of the preparation of a table's columns.
struct TableFit {
  var standardize: Standardization
  /// Categories with fewer training rows go together; nil: 10, or a twentieth of the training rows if that is less.
  var rare: Int?
  var seed: UInt64
  var rows: [Int32]

  /// At most so many categories of a column have an input of their own.
  static let mostCategories = 500

  private var least: Int { rare ?? max(1, min(10, rows.count / 20)) }

  /// The input of a column; nil if it tells nothing in the training rows.
  func input(of column: DataColumn) -> TableEncoding.Column? {
    switch (column.kind, column.values) {
    case (.text, _), (.identifier, _), (.constant, _): nil
    case (.date, .numbers(let seconds)): date(column.name, seconds)
    case (.boolean, .codes(let codes, let words)) where words.count == 2: boolean(column.name, codes, words)
    case (_, .numbers(let numbers)): number(column.name, numbers)
    case (_, .codes(let codes, let dictionary)): category(column.name, codes, dictionary)
    }
  }

  private func number(_ name: String, _ numbers: [Double]) -> TableEncoding.Column? {
    let present = rows.lazy.map { numbers[Int($0)] }.filter { !$0.isNaN }
    let values = Array(present)
    let hasGaps = values.count < rows.count
    let moments = Moments(values)
    guard !values.isEmpty, !(moments.isConstant && !hasGaps) else { return nil }
    var random = RandomStream(seed: seed, "quantile", name)
    return .number(
      NumberInput(
        name: name, mean: moments.mean,
        scale: .fitted(standardize, to: values, random: &random), hasGaps: hasGaps))
  }

  private func boolean(_ name: String, _ codes: [Int32], _ words: [String]) -> TableEncoding.Column? {
    var counts = [0, 0]
    for row in rows where codes[Int(row)] >= 0 { counts[Int(codes[Int(row)])] += 1 }
    let present = counts[0] + counts[1]
    let hasGaps = present < rows.count
    guard present > 0, hasGaps || (counts[0] > 0 && counts[1] > 0) else { return nil }
    return .boolean(
      BooleanInput(name: name, words: words, share: Double(counts[1]) / Double(present), hasGaps: hasGaps))
  }

  private func category(_ name: String, _ codes: [Int32], _ dictionary: [String]) -> TableEncoding.Column? {
    var counts = [Int](repeating: 0, count: dictionary.count)
    var missing = 0
    for row in rows { if codes[Int(row)] < 0 { missing += 1 } else { counts[Int(codes[Int(row)])] += 1 } }
    let often = counts.indices.filter { counts[$0] >= least }.sorted { (counts[$1], $0) < (counts[$0], $1) }
    let kept = often.prefix(Self.mostCategories).sorted { dictionary[$0] < dictionary[$1] }
    let own = kept.reduce(0) { $0 + counts[$1] }
    var other = rows.count - missing - own
    let hasMissing = missing >= least
    if !hasMissing { other += missing }
    let hasOther = other >= least
    var sums = kept.map { counts[$0] }
    if hasOther { sums.append(other) }
    if hasMissing { sums.append(missing) }
    guard sums.count > 1 else { return nil }
    let chosen = Set(kept)
    let rare = counts.indices.lazy.filter { counts[$0] > 0 && !chosen.contains($0) }.map { dictionary[$0] }
    let total = Float(max(sums.reduce(0, +), 1))
    return .category(
      CategoryInput(
        name: name, categories: kept.map { dictionary[$0] }, rare: Array(rare.prefix(1000)), hasOther: hasOther,
        hasMissing: hasMissing,
        shares: sums.map { Float($0) / total }))
  }

  private func date(_ name: String, _ seconds: [Double]) -> TableEncoding.Column? {
    let present = rows.map { seconds[Int($0)] }.filter { !$0.isNaN }
    let hasGaps = present.count < rows.count
    let parts = DateInput.Kind.allCases.compactMap { kind -> DateInput.Part? in
      let numbers = Moments(present.map { DateInput.Part.number(kind, $0) })
      guard !present.isEmpty, !numbers.isConstant else { return nil }
      let goesRound = kind.period != nil
      var part = DateInput.Part(
        kind: kind, mean: goesRound ? 0 : numbers.mean, deviation: goesRound ? 1 : numbers.scale, fill: [])
      let inputs = present.map { DateInput.Part.values(kind, $0) }
      part.fill = (inputs.first ?? []).indices.map { k in
        goesRound ? Float(inputs.reduce(0) { $0 + $1[k] } / Double(inputs.count)) : 0
      }
      return part
    }
    guard !parts.isEmpty else { return nil }
    return .date(DateInput(name: name, parts: parts, hasGaps: hasGaps))
  }
}

extension TableEncoding {
  /// Fitted on rows of a table: the columns that are features, in the table's order.
  static func fitted(
    to table: DataTable, classNames: [String], rows: [Int32], preparation: Preparation
  ) throws -> TableEncoding {
    let fit = TableFit(
      standardize: preparation.standardize ?? .perFeature, rare: preparation.rare, seed: preparation.seed, rows: rows)
    return try TableEncoding(
      columns: table.columns.filter { $0.role == .feature }.compactMap { column in
        try Interrupting.check()
        return fit.input(of: column)
      },
      target: table.columns.filter { $0.role == .target }.map(\.name).joined(separator: ", "), classNames: classNames,
      schema: table.schema)
  }
}
