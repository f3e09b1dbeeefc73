extension CSVSniffer {
  /// Takes or makes the names, and finds where the rows begin.
  func nameColumns(_ sample: Sample, _ layout: inout CSVLayout) throws {
    let records = sample.records
    let rows = Array(records.dropFirst())
    let width = sample.isTable ? sample.width : records[0].fields.count
    guessDecimal(records, &layout)
    guard options.header ?? hasHeader(records[0].fields, rows.map(\.fields)) else {
      layout.names = try givenNames(width) ?? (1...max(1, width)).map { "column \($0)" }
      if options.header == nil {
        layout.notices.append(
          "no header: the columns are named 'column 1' to 'column \(width)'; header=true takes the first line")
      }
      return
    }
    var names = records[0].fields
    if names.count > 1, names[0].hasPrefix("# ") { names[0] = String(names[0].dropFirst(2)).trimmed }
    fit(&names, rows.map(\.fields), width, &layout)
    layout.names = try givenNames(names.count) ?? unique(names, &layout)
    (layout.start, layout.line) = (records[0].end, rows.first?.line ?? records[0].line + 1)
    if let units = rows.first, rows.count > 2, isUnitsRow(units.fields, rows.dropFirst().map(\.fields)) {
      layout.notices.append(
        "line \(units.line) holds units (\(units.fields.filter { !$0.isEmpty }.prefix(3).joined(separator: ", "))): left out"
      )
      (layout.start, layout.line) = (units.end, rows[1].line)
    }
  }

  private func givenNames(_ count: Int) throws -> [String]? {
    guard !options.names.isEmpty else { return nil }
    // New rows may lack the target.
    let features = options.names.filter { !options.target.contains($0) }
    if options.names.count != count, features.count == count { return features }
    guard options.names.count == count else {
      throw DataError("names= has \(options.names.count) names, but \(path) has \(count) columns")
    }
    return options.names
  }

  /// Notes if rows have one field more than the header: names of rows in front, or a separator at the end.
  private func fit(_ names: inout [String], _ rows: [[String]], _ width: Int, _ layout: inout CSVLayout) {
    guard names.count == width - 1, !rows.isEmpty, rows.allSatisfy({ $0.count == width }) else { return }
    if rows.allSatisfy({ $0.last == "" }) {
      layout.hasTail = true
    } else {
      layout.hasRowNames = true
      layout.notices.append("the first field of each row has no name in the header: left out as the row's name")
    }
  }

  /// Names that appear once; a second 'a' becomes 'a.1', as in pandas.
  private func unique(_ names: [String], _ layout: inout CSVLayout) -> [String] {
    var seen = Set<String>()
    var doubled: [String] = []
    let result = names.enumerated().map { index, name in
      let base = name.isEmpty ? (index == 0 ? "" : "column \(index + 1)") : name
      var unique = base
      var number = 0
      while !seen.insert(unique).inserted {
        number += 1
        unique = "\(base).\(number)"
      }
      if number > 0 { doubled.append("'\(unique)'") }
      return unique
    }
    if !doubled.isEmpty {
      layout.notices.append(
        "names that appear twice were numbered: \(doubled.prefix(3).joined(separator: ", "))\(doubled.count > 3 ? ", ..." : "")"
      )
    }
    return result
  }

  /// Semicolons, tabs or bars between fields and commas within numbers: a decimal comma.
  private func guessDecimal(_ records: [CSVRecords.Record], _ layout: inout CSVLayout) {
    if let given = options.decimal?.utf8.first {
      layout.decimal = given
      return
    }
    guard layout.separator != 0x2c else { return }
    var (commas, points) = (0, 0)
    for field in records.dropFirst().flatMap(\.fields) {
      if NumberBytes.number(field, decimal: 0x2c) != nil, field.contains(",") { commas += 1 }
      if NumberBytes.number(field) != nil, field.contains(".") { points += 1 }
    }
    guard commas > 0, points == 0 else { return }
    layout.decimal = 0x2c
    layout.notices.append("numbers have a decimal comma; decimal=\".\" takes them otherwise")
  }

  /// Whether the first row names the columns: it is text where the others are numbers or dates, or appears only there.
  private func hasHeader(_ first: [String], _ rows: [[String]]) -> Bool {
    guard !rows.isEmpty else { return !first.allSatisfy(CellLook.isMeasured) }
    // pandas and R leave the name of the index empty.
    if first.count > 1, first[0].isEmpty, Set(first).count == first.count,
      rows.allSatisfy({ $0.first?.isEmpty == false })
    {
      return true
    }
    let places = first.indices.filter { index in rows.contains { $0.indices.contains(index) } }
    var (numbersOverNumbers, repeated) = ([String](), 0)
    for place in places {
      let column = rows.compactMap { $0.indices.contains(place) ? $0[place] : nil }
      let present = column.filter { !MissingWords.contains($0) }
      let name = first[place]
      if name.isEmpty || present.isEmpty { continue }
      let measured = present.count(where: CellLook.isMeasured)
      if 10 * measured >= 8 * present.count {
        if CellLook.isMeasured(name) {
          numbersOverNumbers.append(name)
        } else if !MissingWords.contains(name), !MissingWords.amongNumbers.contains(name.lowercased()) {
          return true
        }
      } else if present.contains(name) {
        repeated += 1
      }
    }
    if !numbersOverNumbers.isEmpty { return isCounted(numbersOverNumbers) }
    return 2 * repeated < max(1, places.count)
  }

  /// Names that are numbers one after another: 0, 1, 2 of a matrix, years.
  private func isCounted(_ names: [String]) -> Bool {
    let numbers = names.compactMap(Int.init)
    guard numbers.count == names.count, numbers.count >= 3 else { return false }
    return zip(numbers, numbers.dropFirst()).allSatisfy { $1.subtractingReportingOverflow($0) == (1, false) }
  }

  /// Whether a row says units: words over every column of numbers.
  private func isUnitsRow(_ units: [String], _ rows: [[String]]) -> Bool {
    var found = 0
    for place in units.indices {
      let present = rows.compactMap { $0.indices.contains(place) ? $0[place] : nil }.filter {
        !MissingWords.contains($0)
      }
      guard !present.isEmpty, present.allSatisfy(CellLook.isMeasured) else { continue }
      let unit = units[place]
      // A count's unit is 1.
      if unit.isEmpty || unit == "-" || unit == "1" { continue }
      guard !CellLook.isMeasured(unit), !MissingWords.contains(unit), unit.count <= 12 else { return false }
      found += 1
    }
    return found > 0
  }
}

/// What a field looks like at a glance.
enum CellLook {
  /// A number in any dress, a date or a time: digits, and beside them only signs, marks and short units.
  static func isMeasured(_ text: String) -> Bool {
    guard text.utf8.contains(where: { $0 &- 48 < 10 }) else { return false }
    if NumberBytes.number(text) != nil { return true }
    if DressedNumber(text) != nil { return true }
    return DateText(text) != nil
  }
}
