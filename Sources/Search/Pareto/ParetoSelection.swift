/// Orders points of several objectives, all to be minimised.
package enum ParetoSelection {
  /// The non-domination rank of each point: 0 where nothing dominates it, and so on as fronts are peeled off.
  ///
  /// Fronts are peeled until `atLeast` points have a rank; the others get the next rank. O(fronts · n · front).
  package static func ranks(_ points: [[Double]], atLeast: Int? = nil) -> [Int] {
    var ranks = [Int](repeating: 0, count: points.count)
    var left = lexicographic(points)
    let wanted = atLeast ?? points.count
    var ranked = 0
    var rank = 0
    while !left.isEmpty && ranked < wanted {
      let front = firstFront(left, points)
      let isOnFront = Set(front)
      for index in front { ranks[index] = rank }
      ranked += front.count
      rank += 1
      left.removeAll { isOnFront.contains($0) }
    }
    for index in left { ranks[index] = rank }
    return ranks
  }

  /// Indices in lexicographic order of the points; equal points stay in order.
  static func lexicographic(_ points: [[Double]]) -> [Int] {
    points.indices.sorted { a, b in
      for (x, y) in zip(points[a], points[b]) where x != y { return x < y }
      return a < b
    }
  }

  /// The points of a lexicographically sorted list that nothing in it dominates; equal points are all in.
  private static func firstFront(_ sorted: [Int], _ points: [[Double]]) -> [Int] {
    var front: [Int] = []
    if points.first?.count == 2 {
      // Sorted by the first, a point is on the front if it lowers the second.
      var lowest = Double.infinity
      for index in sorted {
        let isEqual = front.last.map { points[$0] == points[index] } ?? false
        if points[index][1] < lowest || isEqual || front.isEmpty { front.append(index) }
        lowest = Swift.min(lowest, points[index][1])
      }
      return front
    }
    for index in sorted where !front.contains(where: { Dominance.dominates(points[$0], points[index]) }) {
      front.append(index)
    }
    return front
  }

  /// The best `count` points: whole fronts first, then those of the next front that add most hypervolume, one by one.
  ///
  /// The reference point is the front's worst, a tenth worse (Optuna 5's `max(1.1 worst, 0.9 worst)`).
  package static func best(_ count: Int, of points: [[Double]]) -> [Int] {
    if count <= 0 { return [] }
    if count >= points.count { return Array(points.indices) }
    let ranks = ranks(points, atLeast: count)
    var chosen: [Int] = []
    for rank in 0... {
      let front = points.indices.filter { ranks[$0] == rank }
      if chosen.count + front.count <= count {
        chosen += front
        if chosen.count == count { return chosen }
      } else {
        return chosen + largestHypervolume(count - chosen.count, of: front, points)
      }
    }
    return chosen
  }

  /// Greedily those that add most hypervolume (Guerreiro et al. 2016); equal points only when the others are used up.
  private static func largestHypervolume(_ count: Int, of front: [Int], _ points: [[Double]]) -> [Int] {
    let sorted = lexicographic(front.map { points[$0] }).map { front[$0] }
    var distinct: [Int] = []
    var repeated: [Int] = []
    for index in sorted {
      if let last = distinct.last, points[last] == points[index] {
        repeated.append(index)
      } else {
        distinct.append(index)
      }
    }
    if distinct.count <= count { return distinct + repeated.sorted().prefix(count - distinct.count) }
    let reference = Hypervolume.reference(front.map { points[$0] })
    guard reference.allSatisfy(\.isFinite), front.allSatisfy({ points[$0].allSatisfy(\.isFinite) }) else {
      return Array(distinct.prefix(count))
    }
    var chosen: [Int] = []
    // An upper bound of what each adds: it only shrinks as others are chosen.
    var bounds = distinct.map { Hypervolume.of([points[$0]], reference) }
    while chosen.count < count {
      let selected = chosen.map { points[$0] }
      var best: (place: Int, gain: Double)?
      for place in distinct.indices.sorted(by: { (bounds[$0], $1) > (bounds[$1], $0) }) where bounds[place] >= 0 {
        if let best, bounds[place] < best.gain { break }
        bounds[place] = max(0, Hypervolume.added(by: points[distinct[place]], to: selected, reference))
        if best == nil || bounds[place] > best!.gain || (bounds[place] == best!.gain && place < best!.place) {
          best = (place, bounds[place])
        }
      }
      chosen.append(distinct[best!.place])
      bounds[best!.place] = -1
    }
    return chosen
  }

  /// How far apart a front's points lie: the sum over objectives of the gap between neighbours as a share of the front's width,
  /// infinite at the ends (Deb 2002).
  ///
  /// An objective in which all are equal tells nothing; among infinite values a gap is nothing or infinite.
  package static func crowding(_ points: [[Double]]) -> [Double] {
    var distance = [Double](repeating: 0, count: points.count)
    for objective in points.first?.indices ?? 0..<0 {
      let order = points.indices.sorted { (points[$0][objective], $0) < (points[$1][objective], $1) }
      let sorted = [-Double.infinity] + order.map { points[$0][objective] } + [.infinity]
      guard sorted[1] < sorted[order.count] else { continue }
      let low = sorted.first { $0 > -.infinity }!
      let high = sorted.last { $0 < .infinity }!
      let width = high - low > 0 ? high - low : 1
      for (place, index) in order.enumerated() where sorted[place] < sorted[place + 2] {
        distance[index] += (sorted[place + 2] - sorted[place]) / width
      }
    }
    return distance
  }
}
