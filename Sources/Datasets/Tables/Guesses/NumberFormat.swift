/// How the numbers of a column are dressed: one decimal mark, one unit. nil if they do not agree on it.
struct NumberFormat {
  /// A number with the rows that hold it, in order of first appearance.
  struct Sighting {
    var number: DressedNumber
    var rows: Int
  }

  var decimal: UInt8
  /// What appears between groups of three digits; nil if nothing.
  var groups: String?
  var unit: String?
  /// What numbers with such a letter are multiplied with; empty if the letters are a unit.
  var multipliers: [String: Double] = [:]
  var notes: [String] = []

  /// The currency that goes with the unit.
  private(set) var currency: String?
  /// How the training rows had it; nil: these are the training rows.
  private let known: ColumnForm?
  /// A letter that so few numbers have that it is no unit; nil if there is none.
  private var slip: String?

  private static let letters = ["K": 1e3, "k": 1e3, "M": 1e6, "B": 1e9, "bn": 1e9]

  init?(
    _ sightings: [Sighting], plainCount: Int, isForced: Bool, decimal given: UInt8?, thousands: String?,
    form: ColumnForm?
  ) {
    let evidence = Marks(sightings)
    known = form
    decimal = given ?? evidence.decimal(thousands: thousands ?? form?.thousands, form: form)
    var units = Self.ranked(sightings, \.suffix)
    let currencies = Self.ranked(sightings, \.prefix)
    multipliers = form.map { $0.multipliers ?? [:] } ?? Self.multipliers(sightings, units, plainCount: plainCount)
    if form == nil, !isForced, let only = units.first, units.count == 1, Self.isDoubtful(only, sightings) {
      let count = sightings.count { !$0.number.suffix.isEmpty }
      let all = plainCount + sightings.count
      if 10 * count < all, count < 3 || multipliers.isEmpty {
        // 136A among 200 numbers.
        (slip, units, multipliers) = (only, [], [:])
      } else if 2 * count < all, multipliers.isEmpty {
        return nil
      }
    }
    guard isForced || (units.count <= 1 || !multipliers.isEmpty) && currencies.count <= 1 else { return nil }
    // What a new file has does not change how training understood its numbers.
    currency = form == nil ? currencies.first : form?.currency
    // A new file's numbers may have any unit if training's had none.
    unit = form == nil ? (multipliers.isEmpty ? units.first : nil) ?? currency : form?.unit
    if let only = units.first, !isForced, multipliers.isEmpty, !KnownUnits.all.contains(only), sightings.count < 20 {
      return nil
    }
    guard form == nil else {
      noteNewUnits(units + currencies)
      return
    }
    note(evidence, sightings)
    let hasBare = plainCount > 0 || sightings.contains { $0.number.suffix.isEmpty && $0.number.prefix.isEmpty }
    if units.count + currencies.count == 1, multipliers.isEmpty, hasBare, let unit, notes.count < 4 {
      notes.append("some numbers have no '\(unit)'")
    }
    noteForeign(sightings)
  }

  /// The number in the column's unit; nil if its marks cannot be read so, or its unit is another one.
  func value(_ number: DressedNumber) -> Double? {
    guard !isForeign(number), slip == nil || number.suffix != slip else { return nil }
    var mark = decimal
    // What can be read in one way only is, in new files.
    if known != nil { mark = number.evidence.decimal ?? decimal }
    if let only = number.evidence.decimal, only != mark { return nil }
    return number.value(decimal: mark).map { $0 * (multipliers[number.suffix] ?? 1) }
  }

  func isForeign(_ number: DressedNumber) -> Bool {
    // Training rows without a unit take any, with a remark.
    guard let unit, slip == nil || number.suffix != slip else { return false }
    let accepted = [unit, currency].compactMap { $0 }.map(Self.folded)
    return [number.suffix, number.prefix].contains {
      !$0.isEmpty && multipliers[$0] == nil && !accepted.contains(Self.folded($0))
    }
  }

  // MARK: Units

  /// Whether a unit may be a letter of a name: 12a, 136A, 4WD.
  private static func isDoubtful(_ unit: String, _ sightings: [Sighting]) -> Bool {
    let isTight = sightings.allSatisfy { $0.number.suffix.isEmpty || $0.number.isTight }
    let isLetter = unit.utf8.count == 1 && unit.first?.isLetter == true
    return isTight && (isLetter || !KnownUnits.all.contains(unit))
  }

  /// Units by their rows, the most frequent first; of equals the first in the file. 'lbs' and 'Lb' are one.
  private static func ranked(_ sightings: [Sighting], _ unit: KeyPath<DressedNumber, String>) -> [String] {
    var names: [String: (first: String, rows: Int, place: Int)] = [:]
    for sighting in sightings {
      let name = sighting.number[keyPath: unit]
      if name.isEmpty { continue }
      let place = names.count
      names[folded(name), default: (name, 0, place)].rows += sighting.rows
    }
    return names.values.sorted { ($1.rows, $0.place) < ($0.rows, $1.place) }.map(\.first)
  }

  private static func folded(_ unit: String) -> String {
    var text = unit.hasSuffix(".") ? String(unit.dropLast()) : unit
    // A letter alone may be another unit in another case.
    if text.count > 1 { text = text.lowercased() }
    return text.count > 2 && text.hasSuffix("s") ? String(text.dropLast()) : text
  }

  /// K, M and B are factors if several of them appear, or one beside numbers without a letter.
  private static func multipliers(
    _ sightings: [Sighting], _ units: [String], plainCount: Int
  ) -> [String: Double] {
    guard !units.isEmpty, units.allSatisfy({ letters[$0] != nil }) else { return [:] }
    let isTight = sightings.allSatisfy { $0.number.suffix.isEmpty || $0.number.isTight }
    let hasPlain = plainCount > 0 || sightings.contains { $0.number.suffix.isEmpty }
    return isTight && (units.count > 1 || hasPlain) ? letters : [:]
  }

  private mutating func noteForeign(_ sightings: [Sighting]) {
    guard let unit else { return }
    let foreign = sightings.filter { isForeign($0.number) }
    let rows = foreign.reduce(0) { $0 + $1.rows }
    guard rows > 0 else { return }
    let names = Self.ranked(foreign, \.suffix) + Self.ranked(foreign, \.prefix).filter { Self.folded($0) != currency }
    let others = names.filter { Self.folded($0) != Self.folded(unit) }
    let listed = others.prefix(4).map { "'\($0)'" }.joined(separator: ", ") + (others.count > 4 ? ", ..." : "")
    notes.append("\(rows) row\(rows == 1 ? "" : "s") with \(listed) taken as missing: the unit is '\(unit)'")
  }

  private mutating func noteNewUnits(_ units: [String]) {
    let accepted = [known?.unit, known?.currency].compactMap { $0 }.map(Self.folded)
    let new = units.filter { multipliers[$0] == nil && !accepted.contains(Self.folded($0)) }
    guard !new.isEmpty else { return }
    let listed = new.prefix(4).map { "'\($0)'" }.joined(separator: ", ")
    notes.append(
      known?.unit.map { "numbers with \(listed) taken as missing: training had '\($0)'" }
        ?? "numbers with \(listed), which training did not have")
  }

  private mutating func note(_ evidence: Marks, _ sightings: [Sighting]) {
    if decimal == 0x2c {
      if evidence.groupedByPoints > 0 { groups = "." }
      notes.append(
        evidence.commas == 0 && evidence.groupedByPoints > 0
          ? "points taken as marks between thousands" : "numbers with a decimal comma")
    } else if evidence.groupedByCommas > 0 {
      groups = ","
      notes.append(
        evidence.points == 0 ? "commas taken as marks between thousands" : "numbers with commas between thousands")
    }
    if sightings.contains(where: \.number.hasGroups) { notes.append("numbers in groups of three digits") }
    if !multipliers.isEmpty {
      let seen = Self.ranked(sightings, \.suffix).sorted { (multipliers[$0] ?? 0, $0) < (multipliers[$1] ?? 0, $1) }
      let words = [1e3: "thousands", 1e6: "millions", 1e9: "billions"]
      let meant = seen.compactMap { name in multipliers[name].flatMap { words[$0] }.map { "'\(name)' for \($0)" } }
      notes.append("numbers with \(meant.joined(separator: ", "))")
    }
    if let unit { notes.append("numbers with '\(unit)'") }
    if sightings.contains(where: { $0.number.isNegative && $0.number.suffix.isEmpty && $0.number.prefix.isEmpty }),
      notes.isEmpty
    {
      notes.append("numbers with parentheses or another minus sign")
    }
  }
}

/// What the marks of a column's numbers say together, by rows.
private struct Marks {
  /// Numbers that can only have a decimal point, or only a decimal comma.
  var points = 0
  var commas = 0
  /// Numbers in which the mark is certainly or maybe one between thousands.
  var groupedByCommas = 0
  var groupedByPoints = 0
  private var certainlyByCommas = 0
  private var certainlyByPoints = 0

  init(_ sightings: [NumberFormat.Sighting]) {
    for sighting in sightings {
      switch sighting.number.evidence {
      case .none: break
      case .point: points += sighting.rows
      case .comma: commas += sighting.rows
      case .groupByComma: groupedByCommas += sighting.rows
      case .groupByPoint: groupedByPoints += sighting.rows
      case .groupsByComma:
        (groupedByCommas, certainlyByCommas) = (groupedByCommas + sighting.rows, certainlyByCommas + sighting.rows)
      case .groupsByPoint:
        (groupedByPoints, certainlyByPoints) = (groupedByPoints + sighting.rows, certainlyByPoints + sighting.rows)
      }
      if sighting.number.hasBothMarks {
        if sighting.number.evidence == .point {
          groupedByCommas += sighting.rows
        } else {
          groupedByPoints += sighting.rows
        }
      }
    }
  }

  /// One mark is the decimal one in a column: the one that more rows leave no doubt about, else the point.
  func decimal(thousands: String?, form: ColumnForm?) -> UInt8 {
    let (point, comma) = (points + certainlyByCommas, commas + certainlyByPoints)
    if let form { return form.decimal == "," ? 0x2c : 0x2e }
    if thousands == ".", !(point > 0 && comma == 0) { return 0x2c }
    if thousands == ",", !(comma > 0 && point == 0) { return 0x2e }
    return comma > point ? 0x2c : 0x2e
  }
}
