extension TextColumn {
  /// Dates where they were asked for: texts in a common form, or numbers that count years or seconds. What is neither is
  /// taken as if nothing had been asked, and said.
  func givenDates(_ entries: [Int]) throws -> DataColumn {
    if let column = dates(entries, isForced: true) ?? numberedDates(entries) { return column }
    guard let first = entries.min(by: { texts.firstRows[$0] < texts.firstRows[$1] }) else {
      return category(entries)
    }
    var column = try guessed(entries)
    let text = BytesText.text(texts.text(first).prefix(40))
    column.note = (["not dates: '\(text)' is not in a form that is known"] + [column.note].compactMap { $0 }).joined(
      separator: "; ")
    return column
  }

  func dates(_ entries: [Int], isForced: Bool) -> DataColumn? {
    var found = FoundDates()
    for place in entries {
      let bytes = texts.text(place)
      if let date = DateText(bytes), isForced || !date.isCompact {
        found.add(date, place, rows: counts[place])
        continue
      }
      if let unit = form?.dateUnit, unit != .clock, let number = Self.plain(bytes) {
        found.numbers[place] = unit.seconds(number)
        continue
      }
      if let word = missingWord(bytes) {
        found.words.insert(word)
        continue
      }
      found.odd.append(place)
      if !isForced, found.odd.count > 20, 10 * found.odd.count > entries.count { return nil }
    }
    let odds = found.odd.reduce(0) { $0 + counts[$1] }
    // In a new file what is not a date is missing, whatever the other rows have.
    guard found.rows > 0 || form != nil, isForced || 20 * odds <= found.rows,
      isForced || !(found.dayFirst > 0 && found.monthFirst > 0)
    else { return nil }
    let isShown = found.dayFirst != found.monthFirst
    let guess = dayFirst ?? !found.slashes
    let isDayFirst = form?.dayFirst ?? (isShown ? found.dayFirst > found.monthFirst : guess)
    let outOfOrder = found.parsed.keys.filter { found.parsed[$0]?.seconds(dayFirst: isDayFirst) == nil }.sorted()
    found.odd += outOfOrder
    var form = self.form ?? ColumnForm()
    form.dayFirst = isDayFirst
    if self.form == nil, found.parsed.values.allSatisfy(\.isTimeOnly) { form.dateUnit = .clock }
    var notes: [String] = []
    if self.form == nil, found.ambiguous > 0 {
      let order = isDayFirst ? "the day before the month" : "the month before the day"
      let isGuess = !isShown && dayFirst == nil
      notes.append(order + (isGuess ? " (a guess: day_first=\(!isDayFirst) takes it otherwise)" : ""))
    }
    let values = (0..<texts.count).map { place in
      found.parsed[place]?.seconds(dayFirst: isDayFirst) ?? found.numbers[place] ?? .nan
    }
    var result = column(values, form, notes, words: found.words, odd: found.odd)
    result.isOutOfOrder = !outOfOrder.isEmpty
    return result
  }

  /// What the texts of a column of dates are.
  private struct FoundDates {
    var parsed: [Int: DateText] = [:]
    /// Of a model's column of numbers: their seconds since 1970.
    var numbers: [Int: Double] = [:]
    var odd: [Int] = []
    var words = Set<String>()
    var rows = 0
    var slashes = false
    /// Dates that show which of two numbers is the day, and those that do not.
    var dayFirst = 0
    var monthFirst = 0
    var ambiguous = 0

    mutating func add(_ date: DateText, _ place: Int, rows count: Int) {
      parsed[place] = date
      rows += count
      if date.mustBeDayFirst { dayFirst += 1 }
      if date.mustBeMonthFirst { monthFirst += 1 }
      if date.isAmbiguous { ambiguous += 1 }
      if date.mark == 0x2f { slashes = true }
    }
  }

  /// Numbers that count years, or seconds and smaller units since 1970; nil if they do not look like it.
  private func numberedDates(_ entries: [Int]) -> DataColumn? {
    var numbers: [Int: Double] = [:]
    var (words, odd, rows) = (Set<String>(), [Int](), 0)
    for place in entries {
      let bytes = texts.text(place)
      if let number = Self.plain(bytes) {
        numbers[place] = number
        rows += counts[place]
      } else if let word = missingWord(bytes) {
        words.insert(word)
      } else {
        odd.append(place)
      }
    }
    let odds = odd.reduce(0) { $0 + counts[$1] }
    guard !numbers.isEmpty, 10 * odds <= rows, let unit = DateUnit(of: numbers.values) else {
      return nil
    }
    var form = ColumnForm()
    form.dateUnit = unit
    let values = (0..<texts.count).map { place in numbers[place].map(unit.seconds) ?? .nan }
    return column(values, form, ["numbers taken as \(unit.description)"], words: words, odd: odd)
  }

  /// A word for missing among dates: those among numbers, and 0000-00-00. nil if it is none.
  private func missingWord(_ bytes: ArraySlice<UInt8>) -> String? {
    guard bytes.count <= 40 else { return nil }
    let word = BytesText.text(bytes)
    let isZero = bytes.count >= 8 && bytes.allSatisfy { [0x30, 0x2d, 0x2f, 0x2e, 0x3a, 0x20, 0x54].contains($0) }
    return isZero || MissingWords.amongNumbers.contains(word.lowercased()) ? word : nil
  }

  private func column(
    _ values: [Double], _ form: ColumnForm, _ notes: [String], words: Set<String>, odd: [Int]
  ) -> DataColumn {
    var (form, notes) = (form, notes)
    if self.form == nil, !words.isEmpty {
      form.missingWords = words.sorted()
      notes.append("\(Self.quoted(words.sorted())) taken as missing")
    }
    if let first = odd.min(by: { texts.firstRows[$0] < texts.firstRows[$1] }) {
      let rows = odd.reduce(0) { $0 + counts[$1] }
      notes.append(
        "\(line(texts.firstRows[first])): '\(BytesText.text(texts.text(first).prefix(40)))' is not a date, taken as missing (\(rows) row\(rows == 1 ? "" : "s"))"
      )
    }
    let seconds = codes.map { values[Int($0)] }
    return DataColumn(
      name: name, kind: .date, values: .numbers(seconds), missing: seconds.count { $0.isNaN }, form: form,
      note: notes.isEmpty ? nil : notes.joined(separator: "; "))
  }
}
