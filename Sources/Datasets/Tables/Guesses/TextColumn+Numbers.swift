extension TextColumn {
  /// The column as numbers in one dress, with a note of it; nil if too few are. Throws a `DataError` if a model's column
  /// of numbers holds something else.
  func numbers(_ entries: [Int], isForced: Bool) throws -> DataColumn? {
    var found = FoundNumbers()
    let mark = decimal?.utf8.first
    let isPlain = (mark ?? form?.decimal.utf8.first) != 0x2c && thousands == nil
    for place in entries {
      let bytes = texts.text(place)
      if isPlain, let number = Self.plain(bytes) {
        found.plain[place] = number
        found.rows += counts[place]
      } else if let number = DressedNumber(bytes) {
        found.dressed.append((place, number))
        found.rows += counts[place]
      } else {
        let word = bytes.count <= 40 ? BytesText.text(bytes) : ""
        if MissingWords.amongNumbers.contains(word.lowercased()) {
          found.words.insert(word)
        } else {
          found.odd.append(place)
        }
      }
      // Far from numbers: no need to look at the rest.
      if !isForced, found.odd.count > 20, found.plain.isEmpty, found.dressed.isEmpty { return nil }
    }
    let odds = rows(of: found.odd)
    guard found.rows > 0 || isForced, isForced || 10 * odds <= found.rows else { return nil }
    if !found.dressed.isEmpty { lookAtPoints(&found) }
    guard
      let format = NumberFormat(
        found.dressed.map { .init(number: $0.number, rows: counts[$0.place]) }, plainCount: found.plain.count,
        isForced: isForced, decimal: mark, thousands: thousands, form: form)
    else { return nil }
    return try converted(entries, found, format, isForced: isForced)
  }

  /// What the texts of a column are.
  private struct FoundNumbers {
    var plain: [Int: Double] = [:]
    var dressed: [(place: Int, number: DressedNumber)] = []
    var odd: [Int] = []
    var words = Set<String>()
    var rows = 0
  }

  /// Beside dressed numbers a point may be one between thousands: such numbers have a say, and are read like the others.
  private func lookAtPoints(_ found: inout FoundNumbers) {
    for place in found.plain.keys.sorted() where texts.text(place).contains(0x2e) {
      guard let number = DressedNumber(texts.text(place)) else { continue }
      found.plain[place] = nil
      found.dressed.append((place, number))
    }
    found.dressed.sort { $0.place < $1.place }
  }

  private func rows(of places: [Int]) -> Int { places.reduce(0) { $0 + counts[$1] } }

  private func converted(
    _ entries: [Int], _ found: FoundNumbers, _ format: NumberFormat, isForced: Bool
  ) throws -> DataColumn? {
    var values = [Double](repeating: .nan, count: texts.count)
    var slips = found.odd
    var foreign: [Int] = []
    for (place, number) in found.plain { values[place] = number }
    for (place, number) in found.dressed {
      if let value = format.value(number) {
        values[place] = value
      } else if format.isForeign(number) {
        foreign.append(place)
      } else {
        slips.append(place)
      }
    }
    let slipped = rows(of: slips)
    guard isForced || 10 * slipped <= present else { return nil }
    let given = na.compactMap { NumberBytes.number($0) }
    if !given.isEmpty { for place in values.indices where given.contains(values[place]) { values[place] = .nan } }
    let numbers = codes.map { values[Int($0)] }
    var form = self.form ?? ColumnForm()
    if self.form == nil {
      form.decimal = String(decoding: [format.decimal], as: UTF8.self)
      (form.thousands, form.unit) = (format.groups, format.unit)
      if format.currency != format.unit { form.currency = format.currency }
      if !format.multipliers.isEmpty { form.multipliers = format.multipliers }
      // New files have such words too.
      let odd = slips.sorted { texts.firstRows[$0] < texts.firstRows[$1] }.prefix(100).map {
        BytesText.text(texts.text($0))
      }
      form.missingWords = found.words.union(odd).sorted()
    }
    var column = DataColumn(
      name: name, kind: .number, values: .numbers(numbers), missing: numbers.count { $0.isNaN }, form: form)
    column.note = try note(found, format, slips, numbers)
    if found.plain.values.contains(where: { $0.magnitude >= 0x1p53 }) { keepWritten(entries, numbers, &column) }
    return column
  }

  /// Whole numbers that a double rounds stay as they are written, and may be keys.
  private func keepWritten(_ entries: [Int], _ numbers: [Double], _ column: inout DataColumn) {
    column.written = category(entries).values
    guard form == nil else { return }
    let plain = NumberColumn(
      name: name, values: numbers, words: [], isFirst: false, wanted: wanted, hasWideIntegers: true
    ).column()
    column.kind = plain.kind
    column.note = [plain.note, column.note].compactMap { $0 }.joined(separator: "; ")
  }

  private func note(
    _ found: FoundNumbers, _ format: NumberFormat, _ slips: [Int], _ numbers: [Double]
  ) throws -> String? {
    var notes = format.notes
    let first = slips.min { texts.firstRows[$0] < texts.firstRows[$1] }
    let text = first.map { BytesText.text(texts.text($0).prefix(40)) } ?? ""
    if form != nil {
      guard let first else { return notes.isEmpty ? nil : notes.joined(separator: "; ") }
      throw DataError("\(path), \(line(texts.firstRows[first])), column '\(name)': '\(text)' is not a number")
    }
    if !found.words.isEmpty { notes.append("\(Self.quoted(found.words.sorted())) taken as missing") }
    if let first {
      let slipped = rows(of: slips)
      notes.append(
        "\(line(texts.firstRows[first])): '\(text)' is not a number, taken as missing (\(slipped) row\(slipped == 1 ? "" : "s"))"
      )
    }
    if wanted == nil, let sentinel = NumberColumn.sentinel(in: numbers) { notes.append(sentinel) }
    return notes.isEmpty ? nil : notes.joined(separator: "; ")
  }

  static func quoted(_ words: [String]) -> String { words.map { "'\($0)'" }.joined(separator: " and ") }

  /// The number that a text is without any dress.
  static func plain(_ bytes: ArraySlice<UInt8>) -> Double? {
    guard let first = bytes.first, first &- 48 < 10 || [0x2d, 0x2b, 0x2e].contains(first), bytes.count < 60 else {
      return nil
    }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count + 1) { buffer in
      _ = buffer.initialize(from: bytes)
      buffer[bytes.count] = 0
      guard let base = buffer.baseAddress else { return nil }
      let start = UnsafePointer<UInt8>(base)
      let (value, end) = NumberBytes.scan(start, decimal: 0x2e)
      return end - start == bytes.count ? value : nil
    }
  }
}
