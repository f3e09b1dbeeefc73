/// Fewer points that draw the same picture: no extreme is lost and no gap closed.
package enum Reduction {
  /// The indices to keep of a line, ascending: of each of `limit / 4` runs of equal length the first, the last, the least and the
  /// greatest y, as in M4 (Jugel et al., VLDB 2014). Of a gap (y not finite) between kept points one index
  /// stays. O(n).
  package static func line(_ y: [Double], limit: Int) -> [Int] {
    guard y.count > limit else { return Array(y.indices) }
    let buckets = max(1, limit / 4)
    var kept: [Int] = []
    kept.reserveCapacity(buckets * 5)
    for bucket in 0..<buckets {
      let range = (bucket * y.count / buckets)..<((bucket + 1) * y.count / buckets)
      var chosen: Set<Int> = []
      var least: Int?
      var greatest: Int?
      var first: Int?
      var last: Int?
      for index in range where y[index].isFinite {
        if first == nil { first = index }
        last = index
        if least.map({ y[index] < y[$0] }) ?? true { least = index }
        if greatest.map({ y[index] > y[$0] }) ?? true { greatest = index }
      }
      for index in [first, last, least, greatest] { if let index { chosen.insert(index) } }
      kept += chosen.sorted()
    }
    return withGaps(kept, y)
  }

  /// `kept` and, between two kept points that a gap parts, one index of that gap.
  private static func withGaps(_ kept: [Int], _ y: [Double]) -> [Int] {
    guard y.contains(where: { !$0.isFinite }) else { return kept }
    var result: [Int] = []
    var gap: Int?
    var next = 0
    for index in kept {
      while next < index {
        if !y[next].isFinite { gap = next }
        next += 1
      }
      if let gap, gap > result.last ?? -1, y[index].isFinite { result.append(gap) }
      result.append(index)
      gap = nil
      next = index + 1
    }
    return result
  }

  /// The indices to keep of a cloud, ascending: the extremes of every coordinate and an even sample of the rest, at most `limit` (and
  /// never fewer than the extremes). O(n).
  package static func cloud(_ columns: [[Double]], count: Int, limit: Int) -> [Int] {
    guard count > limit else { return Array(0..<count) }
    var kept: Set<Int> = []
    for column in columns {
      var least: Int?
      var greatest: Int?
      for index in 0..<min(count, column.count) where column[index].isFinite {
        if least.map({ column[index] < column[$0] }) ?? true { least = index }
        if greatest.map({ column[index] > column[$0] }) ?? true { greatest = index }
      }
      for index in [least, greatest] { if let index { kept.insert(index) } }
    }
    let room = max(0, limit - kept.count)
    for place in 0..<room { kept.insert(place * count / room) }
    return kept.sorted()
  }

  /// How many of `wanted` points each of several layers may keep so that the sum is at most `total`: small ones keep all of
  /// theirs, the rest is shared evenly.
  package static func shares(_ wanted: [Int], total: Int) -> [Int] {
    guard wanted.reduce(0, +) > total else { return wanted }
    var shares = Array(repeating: 0, count: wanted.count)
    var left = total
    var open = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }[...]
    while let index = open.popFirst() {
      let share = min(wanted[index], left / (open.count + 1))
      shares[index] = share
      left -= share
    }
    return shares
  }
}
