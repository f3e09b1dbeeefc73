import Vocabulary
import LinearAlgebra

/// What is asked of the preparation of a table's columns.
struct TableFit {
  var standardize: Standardization
  /// Categories with fewer training rows go together; nil: 10, or a twentieth of the training rows if that is less.
  var rare: Int?
  var seed: UInt64
  var rows: [Int32]
  /// Each row's weight, of all rows of the table; empty if all count alike. `rows` are those with a weight.
  var weights: [Double] = []
  /// One mean and deviation for all numbers; nil: each column has its own.
  var common: NumberScale?

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

  /// The scale of all numbers together, over the training rows.
  func scale(of table: DataTable) -> NumberScale {
    let all = table.columns.flatMap { column -> [Double] in
      guard column.role == .feature, column.kind == .number, case .numbers(let numbers) = column.values else {
        return []
      }
      return rows.lazy.map { numbers[Int($0)] }.filter { !$0.isNaN }
    }
    let moments = Moments(all)
    return .standard(mean: moments.mean, deviation: moments.scale)
  }

  private func number(_ name: String, _ numbers: [Double]) -> TableEncoding.Column? {
    let present = weights.isEmpty ? [] : rows.filter { !numbers[Int($0)].isNaN }
    let values = weights.isEmpty ? rows.map { numbers[Int($0)] }.filter { !$0.isNaN } : present.map { numbers[Int($0)] }
    let hasGaps = values.count < rows.count
    let own = weights(of: present)
    let moments = Moments(values, weights: own)
    guard !values.isEmpty, !(moments.isConstant && !hasGaps) else { return nil }
    var random = RandomStream(seed: seed, "quantile", name)
    return .number(
      NumberInput(
        name: name, mean: moments.mean,
        scale: common ?? .fitted(standardize, to: values, weights: own, random: &random), hasGaps: hasGaps))
  }

  private func boolean(_ name: String, _ codes: [Int32], _ words: [String]) -> TableEncoding.Column? {
    var counts = [0.0, 0.0]
    for row in rows where codes[Int(row)] >= 0 { counts[Int(codes[Int(row)])] += weight(row) }
    let present = counts[0] + counts[1]
    let hasGaps = rows.contains { codes[Int($0)] < 0 }
    guard present > 0, hasGaps || (counts[0] > 0 && counts[1] > 0) else { return nil }
    return .boolean(
      BooleanInput(name: name, words: words, share: counts[1] / present, hasGaps: hasGaps))
  }

  private func category(_ name: String, _ codes: [Int32], _ dictionary: [String]) -> TableEncoding.Column? {
    var counts = [Int](repeating: 0, count: dictionary.count)
    var missing = 0
    for row in rows { if codes[Int(row)] < 0 { missing += 1 } else { counts[Int(codes[Int(row)])] += 1 } }
    // What they weigh; the last is what is missing.
    var weighed = [Double](repeating: 0, count: dictionary.count + 1)
    for row in rows { weighed[codes[Int(row)] < 0 ? dictionary.count : Int(codes[Int(row)])] += weight(row) }
    let often = counts.indices.filter { counts[$0] >= least }.sorted { (counts[$1], $0) < (counts[$0], $1) }
    let kept = often.prefix(Self.mostCategories).sorted { dictionary[$0] < dictionary[$1] }
    let own = kept.reduce(0) { $0 + counts[$1] }
    var other = rows.count - missing - own
    let hasMissing = missing >= least
    if !hasMissing { other += missing }
    let hasOther = other >= least
    let chosen = Set(kept)
    let missingWeight = weighed.removeLast()
    var sums = kept.map { weighed[$0] }
    let rest = weighed.indices.reduce(0.0) { chosen.contains($1) ? $0 : $0 + weighed[$1] }
    if hasOther { sums.append(rest + (hasMissing ? 0 : missingWeight)) }
    if hasMissing { sums.append(missingWeight) }
    guard sums.count > 1 else { return nil }
    let rare = counts.indices.lazy.filter { counts[$0] > 0 && !chosen.contains($0) }.map { dictionary[$0] }
    let all = sums.reduce(0, +)
    let total = all > 0 ? all : 1
    return .category(
      CategoryInput(
        name: name, categories: kept.map { dictionary[$0] }, rare: Array(rare.prefix(1000)), hasOther: hasOther,
        hasMissing: hasMissing,
        shares: sums.map { Float($0 / total) }))
  }

  private func weight(_ row: Int32) -> Double { weights.isEmpty ? 1 : weights[Int(row)] }

  private func weights(of rows: [Int32]) -> [Double] { weights.isEmpty ? [] : rows.map { weights[Int($0)] } }

  private func date(_ name: String, _ seconds: [Double]) -> TableEncoding.Column? {
    let known = rows.filter { !seconds[Int($0)].isNaN }
    let (present, own) = (known.map { seconds[Int($0)] }, weights(of: known))
    let hasGaps = present.count < rows.count
    let parts = DateInput.Kind.allCases.compactMap { kind -> DateInput.Part? in
      let numbers = Moments(present.map { DateInput.Part.number(kind, $0) }, weights: own)
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
    to table: DataTable, classNames: [String], rows: [Int32], weights: [Double] = [], preparation: Preparation
  ) throws -> TableEncoding {
    var fit = TableFit(
      standardize: preparation.standardize ?? .perFeature, rare: preparation.rare, seed: preparation.seed,
      rows: weights.isEmpty ? rows : rows.filter { weights[Int($0)] > 0 }, weights: weights)
    if fit.standardize == .global { fit.common = fit.scale(of: table) }
    return try TableEncoding(
      columns: table.columns.filter { $0.role == .feature }.compactMap { column in
        try Interrupting.check()
        return fit.input(of: column)
      },
      target: table.columns.filter { $0.role == .target }.map(\.name).joined(separator: ", "), classNames: classNames,
      schema: table.schema)
  }
}
