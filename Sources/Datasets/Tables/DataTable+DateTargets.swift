import Vocabulary

extension DataTable {
  /// The numbers of a column as targets: days of a date, hours of a time of the day.
  func targetNumbers(_ column: DataColumn) throws -> [Double] {
    let numbers = try numbers(column)
    guard column.kind == .date else { return numbers }
    return numbers.map { $0 / column.targetSeconds }
  }
}

extension DataColumn {
  /// Seconds of what a date is predicted in.
  fileprivate var targetSeconds: Double { form.dateUnit == .clock ? 3600 : 86400 }

  /// What the unit of a target is, if it is a date.
  func targetUnit(_ task: Task?) -> String? {
    guard kind == .date, task != .classification else { return nil }
    let unit =
      form.dateUnit == .clock ? "a time of the day: predicted in hours" : "a date: predicted in days since 1970-01-01"
    return "the target '\(name)' is \(unit)"
  }

  /// Dates as texts, each once.
  var days: (codes: [Int32], dictionary: [String]) {
    guard case .numbers(let seconds) = values else { return texts }
    let calendar = CalendarText(form.dateUnit)
    let distinct = Set(seconds.filter { !$0.isNaN }).sorted()
    let places = Dictionary(distinct.enumerated().map { ($1, Int32($0)) }) { first, _ in first }
    return (seconds.map { places[$0] ?? -1 }, distinct.map(calendar.moment))
  }

  /// Years that are to be predicted are numbers.
  mutating func takeYearsAsNumbers() {
    guard kind == .date, form.dateUnit == .years, case .numbers(let seconds) = values else { return }
    (kind, form, note) = (.number, ColumnForm(), "years, taken as numbers")
    values = .numbers(seconds.map { CalendarDay(($0 / 86400).rounded(.down)).year })
  }
}
