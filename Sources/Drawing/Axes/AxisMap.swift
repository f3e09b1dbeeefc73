#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where values stand along an axis: 0 at its start (left, bottom), 1 at its end.
package struct AxisMap: Sendable {
  /// The axis' range in data units, low below high, both finite.
  package let low: Double
  package let high: Double
  let isLog: Bool
  let isReversed: Bool
  /// Ends on the scale on which places are even: the values, or their decimal logarithms.
  private let start: Double
  private let span: Double

  /// Largest magnitude that is mapped: differences of two such values are finite.
  static let limit = 4e307

  /// - Parameter data: the finite range of the data, nil if there are none.
  package init(_ axis: Axis, data: ClosedRange<Double>?) {
    isReversed = axis.isReversed
    isLog = axis.scale == .log
    let range = Self.shares(Self.range(axis, data: data), axis, data: data)
    low = range.lowerBound
    high = range.upperBound
    start = isLog ? log10(low) : low
    span = (isLog ? log10(high) : high) - start
  }

  /// 0...1 within the range, beyond it outside; nan where the value has no place (not finite, or not positive on a log axis).
  package func share(_ value: Double) -> Double {
    guard value.isFinite, !isLog || value > 0 else { return .nan }
    let even = isLog ? log10(value) : min(max(value, -Self.limit), Self.limit)
    // Far outside all places look alike; a bound keeps them convertible to pixels.
    let share = min(max((even - start) / span, -1e6), 1e6)
    return isReversed ? 1 - share : share
  }

  /// The value at a share of the axis.
  package func value(at share: Double) -> Double {
    let even = start + (isReversed ? 1 - share : share) * span
    return isLog ? pow(10, even) : even
  }

  /// Shares lie between 0 and 1: an axis of them ends there.
  private static func shares(_ range: ClosedRange<Double>, _ axis: Axis, data: ClosedRange<Double>?)
    -> ClosedRange<Double>
  {
    guard axis.format == .percent, axis.scale == .linear, let data, data.lowerBound >= 0, data.upperBound <= 1
    else { return range }
    let (low, high) = (max(0, range.lowerBound), min(1, range.upperBound))
    return low < high ? low...high : range
  }

  private static func range(_ axis: Axis, data: ClosedRange<Double>?) -> ClosedRange<Double> {
    if let names = axis.categories { return -0.5...max(0.5, Double(names.count) - 0.5) }
    if let given = axis.range, given.lowerBound.isFinite, given.upperBound.isFinite {
      if axis.scale != .log { return widened(clamped(given)) }
      if given.lowerBound >= 1e-300 { return widenedLog(given) }
    }
    guard let data else { return axis.scale == .log ? 0.1...10 : 0...1 }
    return axis.scale == .log ? padded(log: data) : padded(linear: data, axis)
  }

  private static func padded(linear data: ClosedRange<Double>, _ axis: Axis) -> ClosedRange<Double> {
    var range = clamped(data)
    if axis.includesZero { range = min(0, range.lowerBound)...max(0, range.upperBound) }
    if isFlat(range) { return widened(range) }
    let pad = (range.upperBound - range.lowerBound) * 0.04
    let keepsLow = axis.includesZero && range.lowerBound == 0
    let keepsHigh = axis.includesZero && range.upperBound == 0
    return (range.lowerBound - (keepsLow ? 0 : pad))...(range.upperBound + (keepsHigh ? 0 : pad))
  }

  private static func padded(log data: ClosedRange<Double>) -> ClosedRange<Double> {
    guard data.lowerBound > 0 else { return 0.1...10 }
    // Beyond 300 decades logarithms lose the digits that ticks need.
    let data = min(max(data.lowerBound, 1e-300), 1e299)...max(min(data.upperBound, 1e300), 1e-299)
    let range = widenedLog(data)
    guard range == data else { return range }
    let factor = pow(data.upperBound / data.lowerBound, 0.04)
    guard factor.isFinite else { return data }
    let low = data.lowerBound / factor
    let high = data.upperBound * factor
    return (low > 0 ? low : data.lowerBound)...(high.isFinite ? high : data.upperBound)
  }

  private static func clamped(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
    min(max(range.lowerBound, -limit), limit)...min(max(range.upperBound, -limit), limit)
  }

  /// Too narrow for ticks that differ in a `Double`'s digits.
  private static func isFlat(_ range: ClosedRange<Double>) -> Bool {
    let size = max(range.lowerBound.magnitude, range.upperBound.magnitude)
    return range.upperBound - range.lowerBound <= max(size * 1e-11, 1e-290)
  }

  private static func widened(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
    guard isFlat(range) else { return range }
    let middle = range.lowerBound / 2 + range.upperBound / 2
    let reach = middle.magnitude < 1e-280 ? 1 : middle.magnitude * 0.1
    return (middle - reach)...(middle + reach)
  }

  private static func widenedLog(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
    guard range.upperBound / range.lowerBound < 1 + 1e-9 else { return range }
    let middle = min(max(range.lowerBound, 1e-300), 1e300)
    return (middle / 3)...(middle * 3)
  }
}
