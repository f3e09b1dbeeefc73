#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension ColorScale {
  /// Where a value stands on the scale, 0...1; nan if it has no place.
  func share(_ value: Double) -> Double {
    guard value.isFinite, !isLog || value > 0 else { return .nan }
    let (low, high) = (range.lowerBound, range.upperBound)
    let share = isLog && low > 0 ? log(value / low) / log(high / low) : (value - low) / (high - low)
    return share.isFinite ? min(max(share, 0), 1) : 0.5
  }

  /// The ramp's colour at a share of the scale.
  func color(at share: Double) -> Color {
    guard share.isFinite else { return .pale }
    let stops = ramp.stops
    let place = min(max(isReversed ? 1 - share : share, 0), 1) * Double(stops.count - 1)
    let index = min(Int(place), stops.count - 2)
    return stops[index].mixed(with: stops[index + 1], place - Double(index))
  }
}
