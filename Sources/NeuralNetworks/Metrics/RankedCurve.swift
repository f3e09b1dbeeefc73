/// Rows in descending order of a score, with the hits and false alarms at every threshold: what ROC and precision-recall
/// curves are drawn from.
package struct RankedCurve: Sendable {
  /// At each distinct score, from the highest: the rows at or above it that are positive, and that are not, by their weights.
  package let hits: [Double]
  package let alarms: [Double]
  package let thresholds: [Double]
  private let isDefined: Bool

  /// O(rows log rows). `weights`: a number for each row; empty if all count alike.
  package init(values: [Double], isPositive: [Bool], weights: [Double] = []) {
    var (hits, alarms, thresholds): ([Double], [Double], [Double]) = ([], [], [])
    isDefined = !values.contains { $0.isNaN }
    let order = isDefined ? values.indices.sorted { values[$0] > values[$1] } : []
    var (hit, alarm) = (0.0, 0.0)
    for (place, row) in order.enumerated() {
      let weight = weights.isEmpty ? 1 : weights[row]
      if isPositive[row] { hit += weight } else { alarm += weight }
      if place + 1 < order.count, values[order[place + 1]] == values[row] { continue }
      // Rows of no weight are no threshold.
      if hit + alarm == 0 { continue }
      hits.append(hit)
      alarms.append(alarm)
      thresholds.append(values[row])
    }
    (self.hits, self.alarms, self.thresholds) = (hits, alarms, thresholds)
  }

  package var positives: Double { hits.last ?? 0 }
  package var negatives: Double { alarms.last ?? 0 }

  package var precision: [Double] { zip(hits, alarms).map { $0 / ($0 + $1) } }
  package var recall: [Double] { hits.map { positives == 0 ? 1 : $0 / positives } }
  package var falsePositiveRate: [Double] { alarms.map { negatives == 0 ? .nan : $0 / negatives } }

  /// The area under the ROC curve, by trapezia; NaN if a score is, or one side has no rows.
  package var area: Double {
    guard isDefined, positives > 0, negatives > 0 else { return .nan }
    var (sum, hit, alarm) = (0.0, 0.0, 0.0)
    for (hits, alarms) in zip(hits, alarms) {
      sum += (alarms - alarm) * (hits + hit) / 2
      (hit, alarm) = (hits, alarms)
    }
    return sum / (positives * negatives)
  }

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
