import Vocabulary

extension Ticks {
  /// Ticks at full seconds, minutes, hours, days, months or years of seconds since 1970 (UTC), at most about `count`.
  static func dates(_ range: ClosedRange<Double>, count: Int) -> [Tick] {
    let (low, high) = (range.lowerBound, range.upperBound)
    let least = (high - low) / Double(max(count, 1))
    // Beyond the years that a calendar has, and below a second, numbers say more.
    guard least >= 1, max(abs(low), abs(high)) < 86400 * 366 * 10_000 else {
      return linear(range, .number, count: count)
    }
    if let step = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800].first(where: { $0 >= least })
      ?? [1, 2, 3, 6, 12, 24, 48, 168, 336].map({ $0 * 3600 }).first(where: { $0 >= least })
    {
      let places = Array(stride(from: (low / step).rounded(.up) * step, through: high, by: step))
      let days = Set(places.map { ($0 / 86400).rounded(.down) })
      let isOneDay = days.count <= 1
      return places.map { Tick(value: $0, text: DateLabel(step: step, isOneDay: isOneDay).text($0)) }
    }
    let month = 30.44 * 86400
    let months = [1, 2, 3, 6].first { Double($0) * month >= least }
    let years = [1, 2, 5, 10, 20, 50, 100, 200, 500].first { Double($0) * 12 * month >= least } ?? 1000
    return calendar(range, months: months ?? 12 * years)
  }

  /// The first days of every so many months, counted from January of the year 0.
  private static func calendar(_ range: ClosedRange<Double>, months: Int) -> [Tick] {
    func seconds(_ place: Int) -> Double {
      let year = Int((Double(place * months) / 12).rounded(.down))
      return Double(CalendarDay.days(year: year, month: place * months - 12 * year + 1, day: 1)) * 86400
    }
    let first = CalendarDay((range.lowerBound / 86400).rounded(.down))
    var place = (Int(first.year) * 12 + Int(first.month) - 1) / months
    var ticks: [Tick] = []
    while seconds(place) <= range.upperBound, ticks.count < 1000 {
      let value = seconds(place)
      if value >= range.lowerBound {
        let text = DateLabel.date(value)
        ticks.append(Tick(value: value, text: String(months % 12 == 0 ? text.dropLast(6) : text.dropLast(3))))
      }
      place += 1
    }
    return ticks
  }
}

/// How a moment is written at an axis.
struct DateLabel {
  /// Seconds between two ticks.
  let step: Double
  /// Whether all ticks are on one day, whose date need not be repeated.
  let isOneDay: Bool

  func text(_ seconds: Double) -> String {
    if step >= 86400 { return Self.date(seconds) }
    let clock = Self.time(seconds, withSeconds: step < 60)
    return isOneDay ? clock : Self.date(seconds).suffix(5) + " " + clock
  }

  /// `2019-01-31`
  static func date(_ seconds: Double) -> String {
    let day = CalendarDay((seconds / 86400).rounded(.down))
    let year = String(Int(day.year))
    return String(repeating: "0", count: max(0, 4 - year.count)) + year + "-" + two(Int(day.month)) + "-"
      + two(Int(day.day))
  }

  /// `10:30` or `10:30:15`
  static func time(_ seconds: Double, withSeconds: Bool) -> String {
    let rest = Int(seconds - (seconds / 86400).rounded(.down) * 86400)
    return two(rest / 3600) + ":" + two(rest / 60 % 60) + (withSeconds ? ":" + two(rest % 60) : "")
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
