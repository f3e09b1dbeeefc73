/// Values as an axis writes them.
enum AxisText {
  static func value(_ value: Double, _ format: Axis.Format, digits: Int = 4) -> String {
    switch format {
    case .number: Number.significant(value, digits: digits)
    case .whole: Number.significant(value, digits: 9)
    case .percent: Number.percent(value, decimals: 1)
    case .duration: Number.duration(value)
    case .date: DateLabel.date(value)
    }
  }
}
