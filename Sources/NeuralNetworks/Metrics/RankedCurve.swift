/// Rows in descending order of a score, with the hits and false alarms at every threshold: what ROC and precision-recall
/// curves are drawn from.
package struct RankedCurve: Sendable {
  /// At each distinct score, from the highest: rows at or above it that are positive, and that are not.
  package let hits: [Int]
  package let alarms: [Int]
  package let thresholds: [Double]
  private let isDefined: Bool

  /// O(rows log rows).
  package init(values: [Double], isPositive: [Bool]) {
    var (hits, alarms, thresholds): ([Int], [Int], [Double]) = ([], [], [])
    isDefined = !values.contains { $0.isNaN }
    let order = isDefined ? values.indices.sorted { values[$0] > values[$1] } : []
    var (hit, alarm) = (0, 0)
    for (place, row) in order.enumerated() {
      if isPositive[row] { hit += 1 } else { alarm += 1 }
      if place + 1 < order.count, values[order[place + 1]] == values[row] { continue }
      hits.append(hit)
      alarms.append(alarm)
      thresholds.append(values[row])
    }
    (self.hits, self.alarms, self.thresholds) = (hits, alarms, thresholds)
  }

  package var positives: Int { hits.last ?? 0 }
  package var negatives: Int { alarms.last ?? 0 }

  package var precision: [Double] { zip(hits, alarms).map { Double($0) / Double($0 + $1) } }
  package var recall: [Double] { hits.map { positives == 0 ? 1 : Double($0) / Double(positives) } }
  package var falsePositiveRate: [Double] { alarms.map { negatives == 0 ? .nan : Double($0) / Double(negatives) } }

  /// NaN if a score is; 0 without positive rows.
  package var averagePrecision: Double {
    guard isDefined else { return .nan }
    guard positives > 0 else { return 0 }
    var (sum, before) = (0.0, 0.0)
    for (precision, recall) in zip(precision, recall) {
      sum += (recall - before) * precision
      before = recall
    }
    return sum
  }
}
