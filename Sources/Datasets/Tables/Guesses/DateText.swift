import Vocabulary

/// A date or time as people write it, in ISO and other common forms.
struct DateText {
  private var year = 1970
  /// The two numbers of 3/4/2024 in their order; month and day if the order is known.
  private var first = 1
  private var second = 1
  private var isOrdered = true
  /// Between the numbers of a date whose order is not known: '/', '.' or '-'.
  private(set) var mark: UInt8 = 0
  private var time = 0.0
  /// Eight digits in a row: a date only if the name or an option says so.
  private(set) var isCompact = false
  private(set) var isTimeOnly = false

  init?(_ text: some StringProtocol) { self.init(Array(text.utf8)[...]) }

  init?(_ bytes: ArraySlice<UInt8>) {
    guard (4...40).contains(bytes.count) else { return nil }
    var reader = Reader(rest: bytes)
    reader.skipWeekday()
    guard readDate(&reader), readTime(&reader), reader.rest.isEmpty else { return nil }
    guard isTimeOnly || isPossible else { return nil }
  }

  /// Which of the two numbers can be the day: 13 in 13/4/2024.
  var mustBeDayFirst: Bool { !isOrdered && first > 12 }
  var mustBeMonthFirst: Bool { !isOrdered && second > 12 }
  var isAmbiguous: Bool { !isOrdered && first <= 12 && second <= 12 && first != second }

  /// Seconds since 1970 (UTC), times without a date those since midnight; nil if there is no such day.
  func seconds(dayFirst: Bool) -> Double? {
    let (month, day) = isOrdered || !dayFirst ? (first, second) : (second, first)
    guard (1...12).contains(month), (1...Self.days(month, year)).contains(day) else { return nil }
    return Double(CalendarDay.days(year: year, month: month, day: day)) * 86400 + time
  }

  private var isPossible: Bool { seconds(dayFirst: false) != nil || seconds(dayFirst: true) != nil }

  private mutating func readDate(_ reader: inout Reader) -> Bool {
    if let month = reader.month() {
      // Jan 5, 2024 or Jan 2024
      reader.skipMarks()
      guard let (number, length) = reader.number() else { return false }
      if length >= 3 { return setYear(number, length, month, 1) }
      reader.skipMarks()
      if let clock = reader.clockBeforeYear() {
        // As C's ctime has it: Jan 1 10:30:00 2019.
        time = clock
        guard let (year, width) = reader.number(), reader.rest.isEmpty else { return false }
        return setYear(year, width, month, number)
      }
      guard let (year, width) = reader.number() else { return setYear(number, length, month, 1) && length == 2 }
      return setYear(year, width, month, number)
    }
    guard let (number, length) = reader.number() else { return false }
    if length == 8 {
      isCompact = true
      return setYear(number / 10_000, 4, number / 100 % 100, number % 100)
    }
    if length <= 2, reader.rest.first == 0x3a {
      isTimeOnly = true
      return reader.clock(from: number).map { time = $0 } != nil
    }
    if length <= 2, let month = reader.month() {
      // 16Feb2024
      guard let (year, width) = reader.number() else { return false }
      return setYear(year, width, month, number)
    }
    guard let mark = reader.mark() else { return false }
    if length == 4 { return readAfterYear(number, mark, &reader) }
    guard length <= 2 else { return false }
    if let month = reader.month() {
      reader.skipMarks()
      guard let (year, width) = reader.number() else { return false }
      return setYear(year, width, month, number)
    }
    guard mark != 0x20, let (next, digits) = reader.number() else { return false }
    // 02/2024
    if digits == 4, mark != 0x2e, reader.rest.isEmpty { return setYear(next, 4, number, 1) }
    guard reader.take(mark), let (year, width) = reader.number() else { return false }
    (isOrdered, self.mark) = (false, mark)
    return setYear(year, width, number, next)
  }

  private mutating func readAfterYear(_ year: Int, _ mark: UInt8, _ reader: inout Reader) -> Bool {
    let named = reader.month()
    guard mark != 0x20 || named != nil else { return false }
    if named != nil, reader.rest.isEmpty { return setYear(year, 4, named ?? 1, 1) }
    guard let month = named ?? reader.number().flatMap({ $0.length <= 2 ? $0.value : nil }) else { return false }
    guard reader.take(mark) else { return mark == 0x2d && setYear(year, 4, month, 1) }
    guard let (day, length) = reader.number(), length <= 2 else { return false }
    return setYear(year, 4, month, day)
  }

  /// Two digits are of 1969 to 2068, as in POSIX.
  private mutating func setYear(_ year: Int, _ digits: Int, _ first: Int, _ second: Int) -> Bool {
    guard digits == 4 || digits == 2 else { return false }
    self.year = digits == 4 ? year : year + (year < 69 ? 2000 : 1900)
    (self.first, self.second) = (first, second)
    return (1...9999).contains(self.year)
  }

  private mutating func readTime(_ reader: inout Reader) -> Bool {
    if reader.rest.isEmpty || isTimeOnly { return true }
    guard reader.take(0x54) || reader.take(0x20) || reader.take(0x2c) || reader.take(0x3a) else {
      return reader.take(0x5a)
    }
    reader.skipMarks()
    guard let (hour, length) = reader.number(), length <= 2 else { return false }
    if reader.rest.isEmpty {
      time = Double(hour * 3600)
      return hour <= 24
    }
    guard let seconds = reader.clock(from: hour) else { return false }
    time = seconds
    return true
  }

  private static func days(_ month: Int, _ year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension DateText {
  /// Takes pieces of a date from the front of a text.
  fileprivate struct Reader {
    var rest: ArraySlice<UInt8>

    mutating func number() -> (value: Int, length: Int)? {
      let digits = rest.prefix { $0 &- 48 < 10 }
      guard (1...9).contains(digits.count) else { return nil }
      rest = rest.dropFirst(digits.count)
      return (digits.reduce(0) { $0 * 10 + Int($1 &- 48) }, digits.count)
    }

    mutating func take(_ byte: UInt8) -> Bool {
      guard rest.first == byte else { return false }
      rest.removeFirst()
      return true
    }

    mutating func mark() -> UInt8? {
      guard let byte = rest.first, [0x2d, 0x2f, 0x2e, 0x20].contains(byte) else { return nil }
      rest.removeFirst()
      return byte
    }

    mutating func skipMarks() {
      while let byte = rest.first, [0x20, 0x2c, 0x2d, 0x2e, 0x2f].contains(byte) { rest.removeFirst() }
    }

    private static let months: [(name: [UInt8], number: Int)] =
      [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
      ].enumerated().map { (Array($1.utf8), $0 + 1) }

    /// A month's English name or its first three letters.
    mutating func month() -> Int? {
      let word = rest.prefix { (0x61...0x7a).contains($0 | 0x20) }.map { $0 | 0x20 }
      guard word.count >= 3,
        let month = Self.months.first(where: {
          word == $0.name || word.elementsEqual($0.name.prefix(3)) || word.elementsEqual("sept".utf8) && $0.number == 9
        })
      else { return nil }
      rest = rest.dropFirst(word.count)
      return month.number
    }

    mutating func skipWeekday() {
      let word = rest.prefix { (0x61...0x7a).contains($0 | 0x20) }.map { $0 | 0x20 }
      let text = String(decoding: word.prefix(3), as: UTF8.self)
      guard ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].contains(text), word.count <= 9,
        rest.count > word.count
      else { return }
      rest = rest.dropFirst(word.count)
      skipMarks()
    }

    /// The seconds of 10:30:00 and the blanks after it, if a year follows; nil, and nothing taken, if it does not.
    mutating func clockBeforeYear() -> Double? {
      var copy = self
      var numbers: [Int] = []
      while numbers.count < 3, let (value, length) = copy.number(), length <= 2 {
        numbers.append(value)
        guard numbers.count < 3 else { break }
        guard copy.take(0x3a) else { return nil }
      }
      guard numbers.count == 3, numbers[0] < 24, numbers[1] < 60, numbers[2] < 61, copy.take(0x20) else { return nil }
      while copy.take(0x20) {}
      for zone in ["UTC ", "GMT "] where copy.rest.starts(with: zone.utf8) { copy.rest = copy.rest.dropFirst(4) }
      self = copy
      return Double(numbers[0] * 3600 + numbers[1] * 60 + numbers[2])
    }

    /// The seconds of a time whose hour has been read: :30, :30:15.5, PM, Z, +02:00.
    mutating func clock(from hour: Int) -> Double? {
      var hour = hour
      var (minute, second) = (0, 0.0)
      guard take(0x3a), let (minutes, length) = number(), length == 2 else { return nil }
      minute = minutes
      if take(0x3a) {
        guard let (seconds, length) = number(), length <= 2 else { return nil }
        second = Double(seconds)
        if take(0x2e) || take(0x2c) {
          guard let (fraction, digits) = number() else { return nil }
          var scale = 1.0
          for _ in 0..<digits { scale *= 10 }
          second += Double(fraction) / scale
        }
      }
      while take(0x20) {}
      if let half = rest.first.map({ $0 | 0x20 }), half == 0x61 || half == 0x70, rest.count >= 2,
        rest[rest.startIndex + 1] | 0x20 == 0x6d
      {
        guard (1...12).contains(hour) else { return nil }
        hour = hour % 12 + (half == 0x70 ? 12 : 0)
        rest = rest.dropFirst(2)
      }
      guard hour <= 24, minute < 60, second < 61, let offset = zone() else { return nil }
      return Double(hour * 3600 + minute * 60) + second - offset
    }

    /// Seconds east of UTC; 0 if nothing is said.
    private mutating func zone() -> Double? {
      while take(0x20) {}
      if rest.isEmpty || take(0x5a) { return 0 }
      if rest.elementsEqual("UTC".utf8) || rest.elementsEqual("GMT".utf8) {
        rest = []
        return 0
      }
      let sign = rest.first == 0x2d ? -1.0 : 1.0
      guard take(0x2b) || take(0x2d), let (hours, length) = number() else { return nil }
      if length == 4 { return sign * Double(hours / 100 * 3600 + hours % 100 * 60) }
      guard length == 2 else { return nil }
      if rest.isEmpty { return sign * Double(hours * 3600) }
      guard take(0x3a), let (minutes, _) = number() else { return nil }
      return sign * Double(hours * 3600 + minutes * 60)
    }
  }
}
