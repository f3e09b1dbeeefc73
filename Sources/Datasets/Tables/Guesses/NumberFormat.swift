/// How the numbers of a column are dressed: one decimal mark, one unit. nil if they do not agree on it.
struct NumberFormat {
  var decimal: UInt8
  /// What stands between groups of three digits; nil if nothing.
  var groups: String?
  var unit: String?
  var notes: [String] = []

  init?(_ numbers: [DressedNumber], plainCount: Int, isForced: Bool, decimal given: UInt8?, thousands: String?) {
    let evidence = numbers.map(\.evidence)
    let (points, commas) = (evidence.count { $0 == .point }, evidence.count { $0 == .comma })
    let (byComma, byPoint) = (evidence.count { $0 == .groupsByComma }, evidence.count { $0 == .groupsByPoint })
    if let given {
      decimal = given
    } else if thousands == "." {
      decimal = 0x2c
    } else if thousands == "," {
      decimal = 0x2e
    } else if points > 0, commas > 0 {
      guard isForced else { return nil }
      decimal = points >= commas ? 0x2e : 0x2c
    } else {
      decimal = commas > 0 ? 0x2c : 0x2e
    }
    let units = Set(numbers.map(\.suffix).filter { !$0.isEmpty })
    let currencies = Set(numbers.map(\.prefix).filter { !$0.isEmpty })
    guard isForced || (units.count <= 1 && currencies.count <= 1) else { return nil }
    unit = units.first ?? currencies.first
    if let only = units.first, !isForced, !KnownUnits.all.contains(only), numbers.count < 20 { return nil }
    note(points: points, commas: commas, byComma: byComma, byPoint: byPoint, numbers)
    if units.count + currencies.count == 1, plainCount > 0, let unit, notes.count < 4 {
      notes.append("some numbers have no '\(unit)'")
    }
  }

  private mutating func note(points: Int, commas: Int, byComma: Int, byPoint: Int, _ numbers: [DressedNumber]) {
    if decimal == 0x2c {
      notes.append("numbers with a decimal comma")
      if byPoint > 0 { groups = "." }
    } else if byComma > 0 {
      groups = ","
      notes.append(
        points == 0 && numbers.allSatisfy { $0.evidence == .none || $0.evidence == .groupsByComma }
          ? "commas taken as marks between thousands" : "numbers with commas between thousands")
    }
    if numbers.contains(where: \.hasGroups) { notes.append("numbers in groups of three digits") }
    if let unit { notes.append("numbers with '\(unit)'") }
    if numbers.contains(where: { $0.isNegative && $0.suffix.isEmpty && $0.prefix.isEmpty }), notes.isEmpty {
      notes.append("numbers with parentheses or another minus sign")
    }
  }
}
