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

  /// Turns the first `count` values, of r², into k, in place.
  func correlate(_ squared: inout [Double], count: Int) {
    let scale = scale
    var values = squared.mutableSpan
    precondition(count <= values.count)
    for i in 0..<count {
      let square = values[i]
      let r = (5 * square).squareRoot()
      values[i] = scale * ((1 + r + 5.0 / 3 * square) * Exponential.exp(-r))
    }
  }

  /// The same, with the derivatives of k by r² as `slopes`: -5/6 s (1 + √5 r) exp(-√5 r).
  func correlate(_ squared: inout [Double], slopes: inout [Double], count: Int) {
    let scale = scale
    var values = squared.mutableSpan
    var slopes = slopes.mutableSpan
    precondition(count <= values.count && count <= slopes.count)
    for i in 0..<count {
      let square = values[i]
      let r = (5 * square).squareRoot()
      let decay = scale * Exponential.exp(-r)
      slopes[i] = -5.0 / 6 * (1 + r) * decay
      values[i] = (1 + r + 5.0 / 3 * square) * decay
    }
  }
}
