import Vocabulary

extension [Double] {
  /// Sorted, and interrupted within some milliseconds however many there are. Throws `CancellationError`.
  package func sortedInterruptibly() throws -> [Double] {
    let run = 1 << 16
    guard count > run else { return sorted() }
    var runs: [[Double]] = []
    for start in stride(from: 0, to: count, by: run) {
      try Interrupting.check()
      runs.append(self[start..<Swift.min(start + run, count)].sorted())
    }
    while runs.count > 1 {
      var merged: [[Double]] = []
      for first in stride(from: 0, to: runs.count, by: 2) {
        merged.append(first + 1 < runs.count ? try Self.merged(runs[first], runs[first + 1]) : runs[first])
      }
      runs = merged
    }
    return runs[0]
  }

  private static func merged(_ first: [Double], _ second: [Double]) throws -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(first.count + second.count)
    var (i, j) = (0, 0)
    while i < first.count || j < second.count {
      if result.count & 0xffff == 0 { try Interrupting.check() }
      if j == second.count || i < first.count && first[i] <= second[j] {
        result.append(first[i])
        i += 1
      } else {
        result.append(second[j])
        j += 1
      }
    }
    return result
  }
}
