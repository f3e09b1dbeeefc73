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

  /// r² = Σ w_j Δ_j² of every pair.
  func weighted(_ relevance: [Double]) -> [Double] {
    DoubleBLAS.transposedMultiply(squared, rows: dimensions, columns: pairs, relevance)
  }

  /// The lower part of the covariances, row-major, given the pairs' correlations.
  func matrix(_ correlations: [Double], _ kernel: Matern) -> [Double] {
    var matrix = [Double](repeating: 0, count: count * count)
    var place = 0
    for i in 0..<count {
      for j in 0..<i { matrix[i * count + j] = kernel.scale * correlations[place + j] }
      place += i
      matrix[i * count + i] = kernel.scale + kernel.noise
    }
    return matrix
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

  /// Turns values of r² into k / s, in place.
  static func correlate(_ squared: inout [Double]) {
    for i in squared.indices {
      let r = (5 * squared[i]).squareRoot()
      squared[i] = (1 + r + 5.0 / 3 * squared[i]) * Exponential.exp(-r)
    }
  }

  /// Turns values of r² into k / s, in place, and gives the derivatives by r²: -5/6 (1 + √5 r) exp(-√5 r).
  static func correlate(_ squared: inout [Double], slopes: inout [Double]) {
    precondition(squared.count == slopes.count, "a slope a value")
    for i in squared.indices {
      let r = (5 * squared[i]).squareRoot()
      let decay = Exponential.exp(-r)
      slopes[i] = -5.0 / 6 * (1 + r) * decay
      squared[i] = (1 + r + 5.0 / 3 * squared[i]) * decay
    }
  }
}
