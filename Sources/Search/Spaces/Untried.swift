/// A part of a parameter's domain where no trial was.
package struct Untried: Sendable, Hashable {
  package enum Part: Sendable, Hashable {
    case values([ParameterValue])
    /// The largest gap between neighbouring values, or before the first, or after the last.
    case gap(Double, Double)
    /// The parameter's condition never held.
    case everything
  }

  package var name: String
  package var part: Part
  /// The part's share of the domain, on the scale that the domain is searched on.
  package var share: Double

  /// Numbers of values up to which each is looked for; above it, gaps are.
  private static let few = 12

  /// What trials have left out, the largest share first: values of sets and short ranges, and gaps of at least a third of a range.
  /// Values outside the domain do not count. O(n log n) per parameter for n points.
  package static func parts(of space: Space, in points: [Point]) -> [Untried] {
    let found = space.parameters.compactMap { parameter -> Untried? in
      let values = points.compactMap { $0[parameter.name] }.filter(parameter.domain.contains)
      if values.isEmpty { return Untried(name: parameter.name, part: .everything, share: 1) }
      if let count = parameter.domain.count, count <= few {
        let tried = Set(values)
        let missing = (0..<count).map(parameter.domain.value(at:)).filter { !tried.contains($0) }
        if missing.isEmpty { return nil }
        return Untried(name: parameter.name, part: .values(missing), share: Double(missing.count) / Double(count))
      }
      return gap(of: parameter, among: values)
    }
    return found.enumerated().sorted { ($1.element.share, $0.offset) < ($0.element.share, $1.offset) }.map(\.element)
  }

  private static func gap(of parameter: Parameter, among values: [ParameterValue]) -> Untried? {
    let axis = UnitCube.Axis(parameter)
    if axis.isCategorical { return nil }
    var (low, high, last) = (0.0, 0.0, 0.0)
    let coordinates: [Double] = values.map { min(max(axis.coordinate($0), 0), 1) }
    for mark in coordinates.sorted() + [1.0] {
      if mark - last > high - low { (low, high) = (last, mark) }
      last = mark
    }
    guard high - low >= 1.0 / 3, let from = axis.value(low).number, let to = axis.value(high).number else { return nil }
    return Untried(name: parameter.name, part: .gap(from, to), share: high - low)
  }
}

extension UnitCube {
  /// Which of the points is closest to another one: least mean distance over the axes, a set's choices being 1 apart; the first of
  /// equals. nil if there are none.
  package func closest(to point: Point, among points: [Point]) -> (index: Int, distance: Double)? {
    let target = vector(point)
    var best: (index: Int, distance: Double)?
    for (index, other) in points.enumerated() {
      let coordinates = vector(other)
      var sum = 0.0
      for (axis, pair) in zip(axes, zip(target, coordinates)) {
        sum += axis.isCategorical ? (pair.0 == pair.1 ? 0 : 1) : abs(pair.0 - pair.1)
      }
      let distance = sum / Double(max(1, axes.count))
      if distance < best?.distance ?? .infinity { best = (index, distance) }
    }
    return best
  }
}
