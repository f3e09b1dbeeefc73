import Vocabulary

/// What is known of a column of the data: how it was taken, what it holds, what it becomes.
package struct ColumnFacts: Sendable {
  package var name: String
  package var kind: DataColumn.Kind
  package var role: DataColumn.Role
  /// Rows without a value.
  package var missing: Int
  /// Different values, missing ones not counted.
  package var distinct: Int
  /// The least and the greatest number; of a date in seconds since 1970. nil for texts.
  package var range: ClosedRange<Double>?
  /// Some of the texts, the first ones in the file.
  package var texts: [String]
  /// The network's inputs that it becomes.
  package var inputs: Int
  /// What was guessed, if it is not plain.
  package var note: String?
  /// Of dates that are numbers or times: what they count.
  package var dateUnit: DateUnit?

  /// A number of the column's range as text, if it is a date.
  package func day(_ seconds: Double) -> String { CalendarText(dateUnit).day(seconds) }
}

extension Dataset {
  /// A fact sheet for each column of a table, or for each feature of other data; none for images. Counting different
  /// numbers sorts them: O(rows log rows) a column; without that it is linear, and `distinct` is 0 for numbers.
  package func columnFacts(countingNumbers: Bool = true) throws -> [ColumnFacts] {
    let inputs = Dictionary(
      (examples.encoding?.columns ?? []).map { ($0.name, $0.inputNames.count) }, uniquingKeysWith: { first, _ in first }
    )
    let isTable = examples.table != nil
    return try columns().enumerated().map { index, column in
      if index % 1024 == 0 || column.count > 1024 { try Interrupting.check() }
      return try column.facts(
        inputs: isTable ? inputs[column.name] ?? 0 : 1, countingNumbers: countingNumbers)
    }
  }

  /// The columns of a table, or the features of other data as columns; none for images.
  package func columns() throws -> [DataColumn] {
    if let table = examples.table { return table.columns }
    guard case .floats = examples.values, imageShape == nil else { return [] }
    return try (0..<featureCount).map { place in
      try Interrupting.check()
      return feature(at: place)
    }
  }

  private func feature(at place: Int) -> DataColumn {
    guard case .floats(let floats) = examples.values else { preconditionFailure("images have no columns") }
    let values = stride(from: place, to: floats.count, by: featureCount).map { Double(floats[$0]) }
    return DataColumn(name: examples.featureName(place), kind: .number, values: .numbers(values), missing: 0)
  }

  /// The values of a column or feature, row by row; nil if there is none of that name.
  package func column(named name: String) -> DataColumn? {
    if let table = examples.table { return table.columns.first { $0.name == name } }
    guard case .floats = examples.values, imageShape == nil else { return nil }
    return (0..<featureCount).first { examples.featureName($0) == name }.map(feature(at:))
  }
}

extension DataColumn {
  func facts(inputs: Int, countingNumbers: Bool) throws -> ColumnFacts {
    var facts = ColumnFacts(
      name: name, kind: kind, role: role, missing: missing, distinct: 0, range: nil, texts: [], inputs: inputs,
      note: note, dateUnit: form.dateUnit)
    switch values {
    case .numbers(let numbers) where !countingNumbers:
      var (low, high) = (Double.infinity, -Double.infinity)
      for number in numbers {
        if number < low { low = number }
        if number > high { high = number }
      }
      if low <= high { facts.range = low...high }
    case .numbers(let numbers):
      let sorted = try Interrupting.sorted(numbers.lazy.filter { !$0.isNaN }, by: <)
      facts.distinct = zip(sorted, sorted.dropFirst()).count { $0 != $1 } + (sorted.isEmpty ? 0 : 1)
      if let low = sorted.first, let high = sorted.last { facts.range = low...high }
    case .codes(let codes, let dictionary):
      var isUsed = [Bool](repeating: false, count: dictionary.count)
      for code in codes where code >= 0 { isUsed[Int(code)] = true }
      let used = isUsed.indices.filter { isUsed[$0] }
      facts.distinct = used.count
      facts.texts = used.prefix(4).map { dictionary[$0] }
    }
    return facts
  }
}
