import Vocabulary

/// The rows of a table as a network's inputs, worked out row by row when they are needed: what is kept is the columns.
package struct EncodedTable: Sendable {
  package let table: DataTable
  package let encoding: TableEncoding
  private let columns: [Bound]
  package let width: Int

  /// A column of the encoding with the values that it reads.
  private enum Bound: Sendable {
    case number(NumberInput, [Double])
    /// For each text of the column's dictionary its input; -1: the average.
    case category(CategoryInput, [Int32], inputs: [Int32])
    /// For each text of the dictionary its value.
    case boolean(BooleanInput, [Int32], values: [Float])
    case date(DateInput, [Double])
  }

  /// Throws a `DataError` if the table lacks a column, or has a text where a number is needed.
  package init(_ table: DataTable, _ encoding: TableEncoding) throws {
    (self.table, self.encoding, width) = (table, encoding, encoding.width)
    let places = ColumnPlaces(table.columns.lazy.map(\.name))
    columns = try encoding.columns.map { input in
      try Interrupting.check()
      let column = table.columns[try places[input.name] ?? table.column(input.name)]
      switch input {
      case .number(let input): return .number(input, try table.numbers(column))
      case .date(let input): return .date(input, try table.numbers(column))
      case .category(let input):
        let (codes, dictionary) = column.texts
        let places = Dictionary(uniqueKeysWithValues: input.categories.enumerated().map { ($1, Int32($0)) })
        return .category(
          input, codes, inputs: dictionary.map { CategoryText.found($0, in: places) ?? Int32(input.other ?? -1) })
      case .boolean(let input):
        let (codes, dictionary) = column.texts
        return .boolean(
          input, codes,
          values: dictionary.map { text in
            input.place(of: text).map { Float($0) } ?? Float(input.share)
          })
      }
    }
  }

  package var rows: Int { table.rows }

  /// Writes a row's inputs.
  package func write(_ row: Int, into target: UnsafeMutablePointer<Float>) {
    var place = target
    for column in columns {
      switch column {
      case .number(let input, let numbers):
        let x = numbers[row]
        place[0] = Float(input.scale(x.isNaN ? input.mean : x))
        if input.hasGaps { place[1] = x.isNaN ? 1 : 0 }
        place += input.hasGaps ? 2 : 1
      case .category(let input, let codes, let inputs):
        let code = Int(codes[row])
        let hot = code < 0 ? input.missing ?? -1 : Int(inputs[code])
        if hot < 0 {
          for k in 0..<input.width { place[k] = input.shares[k] }
        } else {
          for k in 0..<input.width { place[k] = 0 }
          place[hot] = 1
        }
        place += input.width
      case .boolean(let input, let codes, let values):
        let code = Int(codes[row])
        place[0] = code < 0 ? Float(input.share) : values[code]
        if input.hasGaps { place[1] = code < 0 ? 1 : 0 }
        place += input.hasGaps ? 2 : 1
      case .date(let input, let seconds):
        let x = seconds[row]
        for part in input.parts {
          for value in x.isNaN ? part.fill : part.inputs(x) {
            place[0] = value
            place += 1
          }
        }
        if input.hasGaps {
          place[0] = x.isNaN ? 1 : 0
          place += 1
        }
      }
    }
  }

  package func row(_ index: Int) -> [Float] {
    [Float](unsafeUninitializedCapacity: width) { buffer, count in
      if let base = buffer.baseAddress { write(index, into: base) }
      count = width
    }
  }

  /// What new rows lack, by column: values, and categories that training rows did not have often enough to know.
  package struct Gap: Sendable, Equatable {
    package var column: String
    package var missing: Int
    package var unknown: Int
    package var isNumber = false

    package init(column: String, missing: Int, unknown: Int, isNumber: Bool = false) {
      (self.column, self.missing, self.unknown, self.isNumber) = (column, missing, unknown, isNumber)
    }
  }

  /// A line for each column with holes or unknown texts, in all rows or in these. O(rows * columns).
  package func gaps(in rows: [Int]? = nil) -> [Gap] {
    let places = ColumnPlaces(table.columns.lazy.map(\.name))
    func dictionary(of name: String) -> [String] { places[name].map { table.columns[$0].texts.dictionary } ?? [] }
    func count<Element>(_ values: [Element], where isCounted: (Element) -> Bool) -> Int {
      rows.map { $0.count { isCounted(values[$0]) } } ?? values.count(where: isCounted)
    }
    return columns.compactMap { column in
      let gap: Gap
      switch column {
      case .number(let input, let numbers):
        gap = Gap(column: input.name, missing: count(numbers) { $0.isNaN }, unknown: 0, isNumber: true)
      case .date(let input, let seconds):
        gap = Gap(column: input.name, missing: count(seconds) { $0.isNaN }, unknown: 0, isNumber: true)
      case .category(let input, let codes, _):
        let known = Set(input.categories + input.rare)
        let dictionary = dictionary(of: input.name)
        gap = Gap(
          column: input.name, missing: count(codes) { $0 < 0 },
          unknown: count(codes) {
            $0 >= 0 && !known.contains(dictionary[Int($0)]) && !known.contains(CategoryText.whole(dictionary[Int($0)]))
          })
      case .boolean(let input, let codes, _):
        let dictionary = dictionary(of: input.name)
        gap = Gap(
          column: input.name, missing: count(codes) { $0 < 0 },
          unknown: count(codes) { $0 >= 0 && input.place(of: dictionary[Int($0)]) == nil })
      }
      return gap.missing + gap.unknown == 0 ? nil : gap
    }
  }
}

extension DataTable {
  /// A column's numbers; texts are read as numbers where they are.
  func numbers(_ column: DataColumn) throws -> [Double] {
    switch column.values {
    case .numbers(let numbers):
      let most = Double(Float.greatestFiniteMagnitude)
      guard let bad = numbers.firstIndex(where: { $0.magnitude > most }) else { return numbers }
      throw DataError(
        "\(path), \(place(bad)), column '\(column.name)': '\(numbers[bad])' is too large: numbers up to 3.4e38 are learned from",
        hint: "use ignore=[\(NameText.quoted(column.name))]")
    case .codes(let codes, let dictionary):
      let values = dictionary.map(Double.init)
      return try codes.indices.map { row in
        let code = Int(codes[row])
        guard code >= 0 else { return .nan }
        guard let value = values[code], value.isFinite else {
          throw DataError(
            "\(path), \(place(row)), column '\(column.name)': '\(dictionary[code])' is not a finite number")
        }
        return value
      }
    }
  }
}

extension DataTable {
  /// A column's values as texts, row by row; empty if missing. Throws a `DataError` if there is no such column.
  package func texts(of name: String) throws -> [String] {
    let asWritten = kept.first { $0.name == name }
    let column = try asWritten ?? columns[column(name)]
    if column.kind == .date, case .numbers(let seconds) = column.values {
      return seconds.map { $0.isNaN ? "" : CalendarText(column.form.dateUnit).moment($0) }
    }
    let (codes, dictionary) = column.writtenTexts
    return codes.map { $0 < 0 ? "" : dictionary[Int($0)] }
  }
}

extension DataColumn {
  /// A column's texts as the file has them, where numbers would be rounded.
  var writtenTexts: (codes: [Int32], dictionary: [String]) {
    if case .codes(let codes, let dictionary)? = written { return (codes, dictionary) }
    return texts
  }

  /// A column's texts; numbers by their shortest text.
  var texts: (codes: [Int32], dictionary: [String]) {
    switch values {
    case .codes(let codes, let dictionary): return (codes, dictionary)
    case .numbers(let numbers):
      let distinct = Set(numbers.filter { !$0.isNaN }).sorted()
      let places = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, Int32($0)) })
      return (numbers.map { places[$0] ?? -1 }, distinct.map(TargetRule.name))
    }
  }
}
