#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A place on an axis and what is written there; a minor tick has no text.
package struct Tick: Equatable, Sendable {
  package var value: Double
  package var text: String
  package var isMinor: Bool { text.isEmpty }
}

/// Ticks at round numbers.
package enum Ticks {
  /// At most about `count` labelled ticks within the map's range, ascending.
  package static func along(_ axis: Axis, _ map: AxisMap, count: Int) -> [Tick] {
    if let names = axis.categories { return categories(names, count: count) }
    if map.isLog { return logarithmic(map, isWhole: axis.format == .whole, count: max(count, 1)) }
    if axis.format == .date { return dates(map.low...map.high, count: max(count, 1)) }
    return linear(map.low...map.high, axis.format, count: max(count, 1))
  }

  /// Steps of 1, 2 or 5 times a power of ten (after Heckbert's nice numbers, Graphics Gems, 1990), all written with equally many
  /// decimals.
  package static func linear(_ range: ClosedRange<Double>, _ format: Axis.Format, count: Int) -> [Tick] {
    let factor = format == .percent ? 100.0 : 1
    let low = range.lowerBound * factor
    let high = range.upperBound * factor
    guard low.isFinite, high.isFinite, high - low > 1e-290 else { return [] }
    let one = Step(mantissa: 1, exponent: 0)
    var step = Step(atLeast: (high - low) / Double(count))
    // A handful of small numbers has room for all of them: 1, 2, 3, 4 layers.
    let isHandful = high - low <= 6 && max(abs(low), abs(high)) < 100
    if format == .whole, step.exponent < 0 || isHandful { step = one }
    let slack = (high - low) * 1e-9
    func ends(_ step: Step) -> (first: Double, last: Double) {
      (((low - slack) / step.size).rounded(.up), ((high + slack) / step.size).rounded(.down))
    }
    // One tick tells no scale: there are two wherever the format allows them.
    while ends(step).last - ends(step).first < 1, format != .whole || step != one { step = step.smaller }
    let (first, last) = ends(step)
    guard last >= first, last - first < 1000 else { return [] }
    let values = (0...Int(last - first)).map { step.multiple(first + Double($0)) }
    let texts = labels(values, step, format)
    return zip(values, texts).map { Tick(value: $0 / factor, text: $1) }
  }

  /// A tick distance: `mantissa` (1, 2 or 5) times ten to `exponent`.
  struct Step: Equatable {
    var mantissa: Double
    var exponent: Int

    init(mantissa: Double, exponent: Int) {
      self.mantissa = mantissa
      self.exponent = exponent
    }

    /// The smallest round step not below `size`.
    init(atLeast size: Double) {
      let power = Int(log10(size).rounded(.down))
      let share = size / Self.power(power)
      let slack = 1 + 1e-9
      if share <= 1 * slack {
        self.init(mantissa: 1, exponent: power)
      } else if share <= 2 * slack {
        self.init(mantissa: 2, exponent: power)
      } else if share <= 5 * slack {
        self.init(mantissa: 5, exponent: power)
      } else {
        self.init(mantissa: 1, exponent: power + 1)
      }
    }

    /// The next smaller round step.
    var smaller: Step {
      switch mantissa {
      case 5: Step(mantissa: 2, exponent: exponent)
      case 2: Step(mantissa: 1, exponent: exponent)
      default: Step(mantissa: 5, exponent: exponent - 1)
      }
    }

    var size: Double { multiple(1) }

    /// Rounded once: 3 steps of 0.1 are 0.3.
    func multiple(_ count: Double) -> Double {
      exponent >= 0
        ? count * mantissa * Self.power(exponent) : count * mantissa / Self.power(-exponent)
    }

    private static func power(_ exponent: Int) -> Double { pow(10, Double(exponent)) }
  }

  private static func labels(_ values: [Double], _ step: Step, _ format: Axis.Format) -> [String] {
    let decimals = max(0, -step.exponent)
    let largest = values.map(\.magnitude).max() ?? 0
    switch format {
    case .percent: return values.map { Number.fixed($0, decimals: decimals) + "%" }
    case .whole where largest < 1e15: return values.map { Number.count(Int($0)) }
    case .number, .whole, .duration, .date:
      let isPlain = largest < 1e6 && decimals <= 4
      return values.map { isPlain ? Number.fixed($0, decimals: decimals) : scientific($0, step) }
    }
  }

  /// As it is typed, without the zeros that `printf` puts before an exponent: `2.5e-5`.
  private static func scientific(_ value: Double, _ step: Step) -> String {
    if value == 0 { return "0" }
    let digits = Number.exponent(of: value, digits: 17) - step.exponent + 1
    return shortExponent(Number.scientific(value, digits: min(max(digits, 1), 15)))
  }

  static func shortExponent(_ text: String) -> String {
    guard let mark = text.firstIndex(of: "e"), let exponent = Int(text[text.index(after: mark)...]) else { return text }
    return text[..<mark] + "e\(exponent)"
  }

  /// Names at their places; where there are too many, every second, third, ...
  private static func categories(_ names: [String], count: Int) -> [Tick] {
    let stride = max(1, (names.count + count - 1) / max(count, 1))
    return Swift.stride(from: 0, to: names.count, by: stride).map {
      Tick(value: Double($0), text: names[$0].isEmpty ? " " : TextWidth.singleLine(names[$0]))
    }
  }
}
