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
  /// Whether the day comes first in dates that do not show it; nil: guess.
  let dayFirst: Bool?
  let path: String
  let line: (Int32) -> String

  /// Rows that hold each text; and which texts mean missing.
  let counts: [Int]
  private let isMissing: [Bool]
  let present: Int
  /// Words taken as missing that may be categories, and such words that are categories because `categorical=` says so.
  private let unsureWords: [String]
  private let keeping: [String]

  init(
    name: String, codes: [Int32], texts: TextDictionary, na: [String], wanted: DataColumn.Kind?, form: ColumnForm?,
    decimal: String?, thousands: String?, path: String, isCategorical: Bool = false,
    dayFirst: Bool? = nil,
    line: @escaping (Int32) -> String
  ) {
    (self.name, self.codes, self.texts, self.na) = (name, codes, texts, Set(na))
    self.dayFirst = dayFirst
    (self.wanted, self.form, self.decimal, self.thousands) = (wanted, form, decimal, thousands)
    (self.path, self.line) = (path, line)
    var counts = [Int](repeating: 0, count: texts.count)
    for code in codes { counts[Int(code)] += 1 }
    let given = Set(na)
    let known = Set(form?.missingWords ?? [])
    let kept = Set(form?.keptWords ?? [])
    let keepsWords = form == nil && isCategorical
    var unsure = Set<String>()
    var keeping = Set<String>()
    isMissing = (0..<texts.count).map { place in
      let text = texts.text(place)
      if text.isEmpty { return true }
      guard text.count <= 40 else { return false }
      let word = BytesText.text(text)
      if given.contains(word) || known.contains(word) { return true }
      if kept.contains(word) { return false }
      guard MissingWords.contains(word) || form == nil && word == MissingWords.python else { return false }
      if MissingWords.certain.contains(word) { return true }
      if keepsWords { keeping.insert(word) } else { unsure.insert(word) }
      return !keepsWords
    }
    (unsureWords, self.keeping) = (unsure.sorted(), keeping.sorted())
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
    case .date: return try givenDates(entries)
    case .category, .text, .identifier: return category(entries)
    case .boolean: return boolean(entries) ?? category(entries)
    case .constant where form != nil: return category(entries)
    case .constant, nil: return try guessed(entries)
    }
  }

  func guessed(_ entries: [Int]) throws -> DataColumn {
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
    var form = self.form ?? ownForm
    form.words = Array(dictionary.prefix(2))
    let mapped = codes.map { map[Int($0)] }
    return DataColumn(
      name: name, kind: .boolean, values: .codes(mapped, dictionary: dictionary), missing: mapped.count { $0 < 0 },
      form: form,
      note: [
        entries.count > 2 && given.isEmpty ? "upper and lower case taken as one" : nil,
        self.form == nil ? unsureNote : nil,
      ]
      .compactMap { $0 }.joinedNote)
  }

  func category(_ entries: [Int]) -> DataColumn {
    var map = [Int32](repeating: -1, count: texts.count)
    var dictionary: [String] = []
    dictionary.reserveCapacity(entries.count)
    let isUTF8 = entries.allSatisfy { place in
      let text = texts.text(place)
      return text.allSatisfy { $0 < 0x80 } || String(validating: text, as: UTF8.self) != nil
    }
    // pandas writes whole numbers beside gaps as 1.0: as categories they are the same.
    let isWhole = form == nil && wanted == .category && entries.allSatisfy { Self.plain(texts.text($0)) != nil }
    var places: [String: Int32] = [:]
    for place in entries {
      let text = texts.text(place)
      var name = isUTF8 ? String(decoding: text, as: UTF8.self) : DecodedSource.westernText(text)
      if isWhole { name = CategoryText.whole(name) }
      if isWhole, let other = places[name] {
        map[place] = other
        continue
      }
      map[place] = Int32(dictionary.count)
      if isWhole { places[name] = map[place] }
      dictionary.append(name)
    }
    let mapped = codes.map { map[Int($0)] }
    var column = DataColumn(
      name: name, kind: wanted == .text || wanted == .identifier ? wanted ?? .category : .category,
      values: .codes(mapped, dictionary: dictionary), missing: codes.count - present, form: form ?? ownForm)
    if !isUTF8 { column.note = "read as cp1252" }
    if wanted == nil, dictionary.count <= 1000, let alike = alike(dictionary) { column.note = alike }
    if form == nil { column.note = [column.note, unsureNote].compactMap { $0 }.joinedNote }
    return column
  }

  /// How new files are to be read: a column of texts has Python's word for missing.
  private var ownForm: ColumnForm {
    var form = ColumnForm()
    if !keeping.contains(MissingWords.python) { form.missingWords = [MissingWords.python] }
    if !keeping.isEmpty { form.keptWords = keeping }
    return form
  }

  private var unsureNote: String? {
    guard !unsureWords.isEmpty else { return nil }
    return
      "\(Self.quoted(unsureWords)) taken as missing; categorical=[\(NameText.quoted(name))] takes such words as categories"
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
}

extension [String] {
  /// Notes as one; nil if there is none.
  var joinedNote: String? { isEmpty ? nil : joined(separator: "; ") }
}
