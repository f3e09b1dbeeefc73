/// A column whose fields are not all plain numbers: guesses what its texts are.
struct TextColumn {
  let name: String
  let codes: [Int32]
  let texts: TextDictionary
  let na: Set<String>
  /// What was asked for; nil: guess.
  let wanted: DataColumn.Kind?
  /// How a model's training table was understood; nil: guess.
  let form: ColumnForm?
  /// The file's decimal mark, if it is known.
  let decimal: String?
  let thousands: String?
  let path: String
  let line: (Int32) -> String

  /// Rows that hold each text; and which texts mean missing.
  private let counts: [Int]
  private let isMissing: [Bool]
  private let present: Int

  init(
    name: String, codes: [Int32], texts: TextDictionary, na: [String], wanted: DataColumn.Kind?, form: ColumnForm?,
    decimal: String?, thousands: String?, path: String, line: @escaping (Int32) -> String
  ) {
    (self.name, self.codes, self.texts, self.na) = (name, codes, texts, Set(na))
    (self.wanted, self.form, self.decimal, self.thousands) = (wanted, form, decimal, thousands)
    (self.path, self.line) = (path, line)
    var counts = [Int](repeating: 0, count: texts.count)
    for code in codes { counts[Int(code)] += 1 }
    let given = Set(na)
    let known = Set(form?.missingWords ?? [])
    isMissing = (0..<texts.count).map { place in
      let text = texts.text(place)
      if text.isEmpty { return true }
      guard text.count <= 40 else { return false }
      let word = BytesText.text(text)
      return MissingWords.contains(word) || given.contains(word) || known.contains(word)
    }
    self.counts = counts
    present = zip(counts, isMissing).reduce(0) { $0 + ($1.1 ? 0 : $1.0) }
  }

  /// The places of the texts that are something.
  private var entries: [Int] { counts.indices.filter { !isMissing[$0] && counts[$0] > 0 } }

  /// Throws a `DataError` only if a model's column of numbers holds something else.
  func column() throws -> DataColumn {
    let entries = entries
    switch wanted {
    case .number: return try numbers(entries, isForced: true) ?? category(entries)
    case .date: return dates(entries, isForced: true) ?? category(entries)
    case .category, .text, .identifier: return category(entries)
    case .boolean: return boolean(entries) ?? category(entries)
    case .constant where form != nil: return category(entries)
    case .constant, nil: break
    }
    if entries.isEmpty {
      return DataColumn(
        name: name, kind: .constant, values: .numbers(codes.map { _ in .nan }), missing: codes.count, note: "empty")
    }
    if let column = try boolean(entries) ?? numbers(entries, isForced: false) ?? dates(entries, isForced: false) {
      return column
    }
    var column = category(entries)
    column.kind = kind(entries)
    return column
  }

  // MARK: Words

  private static let pairs: [(no: String, yes: String)] = [
    ("no", "yes"), ("n", "y"), ("false", "true"), ("f", "t"), ("off", "on"), ("nein", "ja"), ("non", "oui"),
    ("nej", "ja"), ("nee", "ja"), ("falsch", "wahr"), ("faux", "vrai"),
  ]

  private func boolean(_ entries: [Int]) -> DataColumn? {
    let words = entries.map { BytesText.text(texts.text($0).prefix(12)).lowercased() }
    let given = form?.words ?? []
    let pair =
      given.count == 2
      ? (no: given[0].lowercased(), yes: given[1].lowercased())
      : Self.pairs.first { pair in
        Set(words) == [pair.no, pair.yes]
      }
    guard let pair, !words.isEmpty else { return nil }
    var dictionary = given
    if dictionary.isEmpty {
      dictionary = [pair.no, pair.yes].map { word in
        words.firstIndex(of: word).map { BytesText.text(texts.text(entries[$0])) } ?? word
      }
    }
    var map = [Int32](repeating: -1, count: texts.count)
    for (place, word) in zip(entries, words) {
      if word == pair.no {
        map[place] = 0
      } else if word == pair.yes {
        map[place] = 1
      } else {
        dictionary.append(BytesText.text(texts.text(place)))
        map[place] = Int32(dictionary.count - 1)
      }
    }
    var form = self.form ?? ColumnForm()
    form.words = Array(dictionary.prefix(2))
    let mapped = codes.map { map[Int($0)] }
    return DataColumn(
      name: name, kind: .boolean, values: .codes(mapped, dictionary: dictionary), missing: mapped.count { $0 < 0 },
      form: form, note: entries.count > 2 ? "upper and lower case taken as one" : nil)
  }

  private func category(_ entries: [Int]) -> DataColumn {
    var map = [Int32](repeating: -1, count: texts.count)
    var dictionary: [String] = []
    dictionary.reserveCapacity(entries.count)
    let isUTF8 = entries.allSatisfy { place in
      let text = texts.text(place)
      return text.allSatisfy { $0 < 0x80 } || String(validating: text, as: UTF8.self) != nil
    }
    for place in entries {
      map[place] = Int32(dictionary.count)
      let text = texts.text(place)
      dictionary.append(isUTF8 ? String(decoding: text, as: UTF8.self) : DecodedSource.westernText(text))
    }
    let mapped = codes.map { map[Int($0)] }
    var column = DataColumn(
      name: name, kind: wanted == .text || wanted == .identifier ? wanted ?? .category : .category,
      values: .codes(mapped, dictionary: dictionary), missing: codes.count - present, form: form ?? ColumnForm())
    if !isUTF8 { column.note = "read as cp1252" }
    if wanted == nil, dictionary.count <= 1000, let alike = alike(dictionary) { column.note = alike }
    return column
  }

  /// Texts that differ only in case or blanks may be one.
  private func alike(_ dictionary: [String]) -> String? {
    var seen: [String: String] = [:]
    for text in dictionary {
      let folded = text.lowercased().filter { !$0.isWhitespace }
      if let other = seen[folded] { return "'\(other)' and '\(text)' may be one category" }
      seen[folded] = text
    }
    return nil
  }

  /// A category if values come again, else names or free text.
  private func kind(_ entries: [Int]) -> DataColumn.Kind {
    let distinct = entries.count
    if distinct == 1, present == codes.count { return .constant }
    let isKey = distinct > max(50, present / 5) || present >= 20 && 2 * distinct > present && distinct > 20
    guard isKey else { return .category }
    let sample = entries.prefix(500)
    let blanks = sample.reduce(0) { $0 + texts.text($1).count { $0 == 32 } }
    let length = sample.reduce(0) { $0 + texts.text($1).count }
    return blanks >= 3 * sample.count || length >= 40 * sample.count ? .text : .identifier
  }

  // MARK: Numbers

  private func numbers(_ entries: [Int], isForced: Bool) throws -> DataColumn? {
    var plain: [Int: Double] = [:]
    var dressed: [Int: DressedNumber] = [:]
    var (numeric, odd) = (0, [Int]())
    var words = Set<String>()
    let mark = form?.decimal.utf8.first ?? decimal?.utf8.first
    for place in entries {
      let bytes = texts.text(place)
      if mark != 0x2c, thousands == nil, let number = Self.plain(bytes) {
        plain[place] = number
        numeric += counts[place]
      } else if let number = DressedNumber(bytes) {
        dressed[place] = number
        numeric += counts[place]
      } else {
        let word = bytes.count <= 40 ? BytesText.text(bytes) : ""
        if MissingWords.amongNumbers.contains(word.lowercased()) { words.insert(word) } else { odd.append(place) }
      }
      // Far from numbers: no need to look at the rest.
      if !isForced, odd.count > 20, plain.isEmpty, dressed.isEmpty { return nil }
    }
    let odds = odd.reduce(0) { $0 + counts[$1] }
    guard numeric > 0 || isForced, isForced || 10 * odds <= numeric else { return nil }
    guard
      let format = NumberFormat(
        dressed.values.map { $0 }, plainCount: plain.count, isForced: isForced, decimal: mark,
        thousands: thousands ?? form?.thousands)
    else { return nil }
    return try converted(entries, plain, dressed, format, odd, words, isForced: isForced)
  }

  private func converted(
    _ entries: [Int], _ plain: [Int: Double], _ dressed: [Int: DressedNumber], _ format: NumberFormat, _ odd: [Int],
    _ words: Set<String>, isForced: Bool
  ) throws -> DataColumn? {
    var values = [Double](repeating: .nan, count: texts.count)
    var slips = odd
    for (place, number) in plain { values[place] = number }
    for (place, number) in dressed {
      if let value = number.value(decimal: format.decimal) { values[place] = value } else { slips.append(place) }
    }
    let slipped = slips.reduce(0) { $0 + counts[$1] }
    guard isForced || 10 * slipped <= present else { return nil }
    let numbers = codes.map { values[Int($0)] }
    var form = self.form ?? ColumnForm()
    form.decimal = String(decoding: [format.decimal], as: UTF8.self)
    form.thousands = format.groups
    form.unit = format.unit
    if self.form == nil {
      // New files have such words too.
      let odd = slips.sorted { texts.firstRows[$0] < texts.firstRows[$1] }.prefix(100).map {
        BytesText.text(texts.text($0))
      }
      form.missingWords = words.union(odd).sorted()
    }
    var column = DataColumn(
      name: name, kind: .number, values: .numbers(numbers), missing: numbers.count { $0.isNaN }, form: form)
    var notes = format.notes
    if !words.isEmpty { notes.append("\(Self.quoted(words.sorted())) taken as missing") }
    if let first = slips.min(by: { texts.firstRows[$0] < texts.firstRows[$1] }) {
      if self.form != nil {
        throw DataError(
          "\(path), \(line(texts.firstRows[first])), column '\(name)': '\(BytesText.text(texts.text(first).prefix(40)))' is not a number"
        )
      }
      notes.append(
        "\(line(texts.firstRows[first])): '\(BytesText.text(texts.text(first).prefix(40)))' is not a number, taken as missing (\(slipped) row\(slipped == 1 ? "" : "s"))"
      )
    }
    column.note = notes.isEmpty ? nil : notes.joined(separator: "; ")
    return column
  }

  private static func quoted(_ words: [String]) -> String { words.map { "'\($0)'" }.joined(separator: " and ") }

  private static func plain(_ bytes: ArraySlice<UInt8>) -> Double? {
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

  // MARK: Dates

  private func dates(_ entries: [Int], isForced: Bool) -> DataColumn? {
    var parsed: [Int: DateText] = [:]
    var (dated, odd, slashes) = (0, [Int](), false)
    var (dayFirst, monthFirst, ambiguous) = (0, 0, 0)
    for place in entries {
      guard let date = DateText(texts.text(place)), isForced || !date.isCompact else {
        odd.append(place)
        if !isForced, odd.count > 20, 10 * odd.count > entries.count { return nil }
        continue
      }
      parsed[place] = date
      dated += counts[place]
      if date.mustBeDayFirst { dayFirst += 1 }
      if date.mustBeMonthFirst { monthFirst += 1 }
      if date.isAmbiguous { ambiguous += 1 }
      if date.mark == 0x2f { slashes = true }
    }
    let odds = odd.reduce(0) { $0 + counts[$1] }
    guard dated > 0, isForced || 20 * odds <= dated, !(dayFirst > 0 && monthFirst > 0 && !isForced) else { return nil }
    let isDayFirst = form?.dayFirst ?? (dayFirst > monthFirst || dayFirst == monthFirst && !slashes)
    var form = self.form ?? ColumnForm()
    form.dayFirst = isDayFirst
    let values = (0..<texts.count).map { parsed[$0]?.seconds(dayFirst: isDayFirst) ?? .nan }
    let seconds = codes.map { values[Int($0)] }
    var notes: [String] = []
    if self.form == nil, ambiguous > 0 {
      notes.append(
        "\(isDayFirst ? "the day before the month" : "the month before the day")\(dayFirst + monthFirst == 0 ? " (a guess)" : "")"
      )
    }
    if let first = odd.min(by: { texts.firstRows[$0] < texts.firstRows[$1] }) {
      notes.append(
        "\(line(texts.firstRows[first])): '\(BytesText.text(texts.text(first).prefix(40)))' is not a date, taken as missing"
      )
    }
    return DataColumn(
      name: name, kind: .date, values: .numbers(seconds), missing: seconds.count { $0.isNaN }, form: form,
      note: notes.isEmpty ? nil : notes.joined(separator: "; "))
  }
}
