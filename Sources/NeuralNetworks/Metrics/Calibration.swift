/// Probabilities in bins of equal width, each with the share of its rows that came true.
///
/// Of two classes the probability is the positive class's, of more the likeliest class's. A value on a boundary belongs to
/// the bin below it, as in scikit-learn's calibration_curve.
package struct Calibration: Sendable {
  package struct Bin: Sendable, Equatable {
    package var rows: Int
    /// The rows' weights added up.
    package var weight: Double
    /// The mean probability, and the share of rows that came true.
    package var predicted: Double
    package var actual: Double
  }

  /// Only those with rows, in ascending order.
  package let bins: [Bin]
  private let isDefined: Bool

  /// O(rows x classes).
  package init(_ scores: Scores, bins count: Int) {
    let claims = scores.claims
    isDefined = claims.allSatisfy { $0.probability >= 0 && $0.probability <= 1 }
    var sums = [Bin](repeating: Bin(rows: 0, weight: 0, predicted: 0, actual: 0), count: count)
    if isDefined {
      for claim in claims {
        let place = max(0, min(count - 1, Int((claim.probability * Double(count)).rounded(.up)) - 1))
        sums[place].rows += 1
        sums[place].weight += claim.weight
        sums[place].predicted += claim.weight * claim.probability
        sums[place].actual += claim.isTrue ? claim.weight : 0
      }
    }
    bins = sums.filter { $0.weight > 0 }.map {
      Bin(rows: $0.rows, weight: $0.weight, predicted: $0.predicted / $0.weight, actual: $0.actual / $0.weight)
    }
  }

  /// The expected calibration error; NaN for outputs that are not probabilities.
  package var error: Double {
    let total = bins.reduce(0) { $0 + $1.weight }
    guard isDefined, total > 0 else { return .nan }
    return bins.reduce(0) { $0 + $1.weight * abs($1.actual - $1.predicted) } / total
  }
}
