#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Ticks {
  /// Powers of ten, with unlabelled ticks at 2...9 where there is room; within two decades 1, 2 and 5; within less, round numbers.
  static func logarithmic(_ map: AxisMap, isWhole: Bool = false, count: Int) -> [Tick] {
    let low = Int((log10(map.low) - 1e-9).rounded(.up))
    let high = Int((log10(map.high) + 1e-9).rounded(.down))
    if high - low + 1 < 3 {
      let few = oneTwoFive(map, isWhole: isWhole)
      if few.count > count, high > low { return decades(map, low, high, stride: 1) }
      if few.count >= 3 || few.count >= count { return thinned(few, count: count) }
      let even = linear(map.low...map.high, .number, count: max(2, count - 1)).filter { $0.value > 0 }
      return even.count > few.count ? even : few
    }
    let needed = (high - low + count) / count
    let stride = [1, 2, 3, 5, 10, 20, 30, 50, 100, 200].first { $0 >= needed } ?? 300
    return decades(map, low, high, stride: stride)
  }

  private static func decades(_ map: AxisMap, _ low: Int, _ high: Int, stride: Int) -> [Tick] {
    let first = stride == 1 ? low : Int((Double(low) / Double(stride)).rounded(.up)) * stride
    var ticks: [Tick] = []
    for exponent in Swift.stride(from: first, through: high, by: stride) {
      ticks.append(Tick(value: power(exponent), text: decade(exponent)))
    }
    guard stride == 1, high - low <= 6 else { return ticks }
    for exponent in (low - 1)...high {
      for digit in 2...9 {
        let value = Double(digit) * power(exponent)
        if value >= map.low, value <= map.high { ticks.append(Tick(value: value, text: "")) }
      }
    }
    return ticks.sorted { $0.value < $1.value }
  }

  private static func oneTwoFive(_ map: AxisMap, isWhole: Bool) -> [Tick] {
    var ticks: [Tick] = []
    let slack = 1 + 1e-9
    for exponent in Int(log10(map.low).rounded(.down))...Int(log10(map.high).rounded(.up)) {
      for digit in [1, 2, 5] {
        let value = Double(digit) * power(exponent)
        guard value >= map.low / slack, value <= map.high * slack else { continue }
        ticks.append(
          Tick(
            value: value, text: isWhole && value >= 1 && value < 1e9 ? Number.count(Int(value.rounded())) : plain(value)
          ))
      }
    }
    return ticks
  }

  private static func thinned(_ ticks: [Tick], count: Int) -> [Tick] {
    let stride = max(1, (ticks.count + count - 1) / count)
    return ticks.enumerated().map { $0.offset % stride == 0 ? $0.element : Tick(value: $0.element.value, text: "") }
  }

  /// 0.001 to 10000 as they are, others as 1e-5.
  static func decade(_ exponent: Int) -> String {
    switch exponent {
    case 0...4: "1" + String(repeating: "0", count: exponent)
    case -3 ... -1: "0." + String(repeating: "0", count: -exponent - 1) + "1"
    default: "1e\(exponent)"
    }
  }

  private static func plain(_ value: Double) -> String {
    value >= 9e-4 && value < 1e6
      ? Number.significant(value, digits: 2) : shortExponent(Number.scientific(value, digits: 2))
  }

  private static func power(_ exponent: Int) -> Double {
    exponent >= 0 ? pow(10, Double(exponent)) : 1 / pow(10, Double(-exponent))
  }
}
