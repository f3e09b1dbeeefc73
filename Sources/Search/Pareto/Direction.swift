package enum Direction: String, Sendable {
  case minimize, maximize
}

extension Direction {
  /// The value as something to minimise; NaN is worst.
  package func key(_ value: Double) -> Double {
    if value.isNaN { return .infinity }
    return self == .minimize ? value : -value
  }
}

extension [Direction] {
  /// One key an objective, all to be minimised; a missing value is worst.
  package func keys(_ values: [Double]) -> [Double] {
    indices.map { $0 < values.count ? self[$0].key(values[$0]) : .infinity }
  }
}

/// Pareto dominance of keys that are all to be minimised.
package enum Dominance {
  /// Whether `a` is nowhere worse and somewhere better than `b`.
  package static func dominates(_ a: [Double], _ b: [Double]) -> Bool {
    var better = false
    for (x, y) in zip(a, b) {
      if x > y { return false }
      if x < y { better = true }
    }
    return better
  }

  /// The indices of the keys that no other dominates, ascending. O(n log n + n f) for a front of f.
  package static func front(_ keys: [[Double]]) -> [Int] {
    // In lexicographic order whatever dominates a key comes before it, and so does a key of the front that does.
    let order = keys.indices.sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }
    var front: [Int] = []
    for index in order where !front.contains(where: { dominates(keys[$0], keys[index]) }) { front.append(index) }
    return front.sorted()
  }
}
