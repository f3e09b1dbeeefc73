/// The volume that points dominate up to a reference point, everything minimised.
package enum Hypervolume {
  /// A reference point a tenth worse than the worst of the points in each objective.
  package static func reference(_ points: [[Double]]) -> [Double] {
    guard let first = points.first else { return [] }
    return first.indices.map { objective in
      let worst = points.map { $0[objective] }.max()!
      let reference = max(1.1 * worst, 0.9 * worst)
      return reference == 0 ? 1e-12 : reference
    }
  }

  /// Exact, by exclusive volumes (While et al. 2012); O(n log n) for two objectives, exponential in their number beyond.
  package static func of(_ points: [[Double]], _ reference: [Double]) -> Double {
    let inside = points.filter { point in zip(point, reference).allSatisfy { $0 < $1 } }
    let sorted = ParetoSelection.lexicographic(inside).map { inside[$0] }
    var front: [[Double]] = []
    for point in sorted where !front.contains(where: { zip($0, point).allSatisfy { $0 <= $1 } }) { front.append(point) }
    if reference.count == 2 {
      var volume = 0.0
      var height = reference[1]
      for point in front {
        volume += (reference[0] - point[0]) * (height - point[1])
        height = point[1]
      }
      return volume
    }
    return front.indices.reduce(0) { $0 + added(by: front[$1], to: Array(front[($1 + 1)...]), reference) }
  }

  /// What one more point adds to the volume of others.
  package static func added(by point: [Double], to others: [[Double]], _ reference: [Double]) -> Double {
    let own = zip(point, reference).reduce(1) { $0 * max(0, $1.1 - $1.0) }
    if own == 0 || others.isEmpty { return own }
    let limited = others.map { other in zip(other, point).map { max($0, $1) } }
    return own - of(limited, reference)
  }
}
