#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Number {
  /// A column's values to the digits that matter, all with the same number of decimals so that the points stand in line.
  ///
  /// The largest value keeps `digits` significant digits, and up to three decimals are added for the sake of the smallest. A
  /// column that spans more than six decades has no common form: each value then stands to its own `digits`.
  /// - Parameter missing: what stands for nil.
  package static func column(_ values: [Double?], digits: Int = 4, missing: String = "-") -> [String] {
    let decimals = commonDecimals(values.compactMap { $0 }, digits: digits)
    return values.map { value in
      guard let value else { return missing }
      guard value.isFinite else { return shortest(value) }
      return decimals.map { fixed(value, decimals: $0) } ?? significant(value, digits: digits)
    }
  }

  /// Decimals that suit all `values`, or nil if they span too many decades for one form.
  static func commonDecimals(_ values: [Double], digits: Int) -> Int? {
    let magnitudes = values.filter { $0.isFinite && $0 != 0 }.map(\.magnitude)
    guard let largest = magnitudes.max(), let smallest = magnitudes.min() else { return 0 }
    let isWhole = magnitudes.allSatisfy { $0 == $0.rounded() && $0 < 1e9 }
    if isWhole { return 0 }
    let top = exponent(of: largest, digits: digits)
    let bottom = exponent(of: smallest, digits: digits)
    guard top - bottom <= 6, top < 9, bottom > -7 else { return nil }
    let forLargest = max(0, digits - 1 - top)
    let forSmallest = max(0, digits - 1 - bottom)
    let wanted = min(forSmallest, forLargest + 3)
    let needed = values.filter(\.isFinite).map { decimalsOf($0, atMost: wanted) }.max() ?? 0
    return min(wanted, needed)
  }

  /// Decimals that `value` has once it is rounded to `limit` of them: 0.5 has one.
  private static func decimalsOf(_ value: Double, atMost limit: Int) -> Int {
    let text = withoutTrailingZeros(fixed(value, decimals: limit))
    guard let point = text.firstIndex(of: ".") else { return 0 }
    return text.distance(from: point, to: text.endIndex) - 1
  }
}
