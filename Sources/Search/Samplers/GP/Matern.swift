import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#endif

/// Squared distances between configurations along each axis, kept for all pairs so that a fit need not work them out again.
struct PairDistances: Sendable {
  let count: Int
  let dimensions: Int
  /// dimensions x pairs, row-major; pairs (i, j) with j < i in order of i.
  let squared: [Double]
  var pairs: Int { count * (count - 1) / 2 }

  init(_ vectors: [[Double]], categorical: [Bool]) {
    count = vectors.count
    dimensions = categorical.count
    let pairs = count * (count - 1) / 2
    var squared = [Double](repeating: 0, count: dimensions * pairs)
    for axis in categorical.indices {
      let column = vectors.map { $0[axis] }
      var place = axis * pairs
      for i in column.indices {
        for j in 0..<i {
          let difference = column[i] - column[j]
          squared[place] = categorical[axis] ? (difference == 0 ? 0 : 1) : difference * difference
          place += 1
        }
      }
    }
    self.squared = squared
  }
}

/// Matérn's kernel of order 5/2 with a relevance for each axis: s (1 + √5 r + 5r²/3) exp(-√5 r), r² = Σ w_j Δ_j².
package struct Matern: Sendable, Hashable {
  /// Inverse squared length scales w_j.
  package var relevance: [Double]
  package var scale: Double
  package var noise: Double

  package init(relevance: [Double], scale: Double, noise: Double) {
    self.relevance = relevance
    self.scale = scale
    self.noise = noise
  }

  /// k / s as a function of r².
  static func correlation(_ squared: Double) -> Double {
    let r = (5 * squared).squareRoot()
    return (1 + r + 5 * squared / 3) * exp(-r)
  }

  /// k / s and its derivative by r²: -5/6 (1 + √5 r) exp(-√5 r).
  static func correlationAndSlope(_ squared: Double) -> (Double, Double) {
    let r = (5 * squared).squareRoot()
    let decay = exp(-r)
    return ((1 + r + 5 * squared / 3) * decay, -5.0 / 6 * (1 + r) * decay)
  }
}
