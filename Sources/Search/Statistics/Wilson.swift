/// Wilson's interval for a share that was counted on so many rows (E. B. Wilson, 1927).
package enum Wilson {
  /// `level` is the chance that the interval holds the true share: 90 of 100 at .95 is .8256 to .9448.
  package static func interval(share: Double, rows: Int, level: Double = 0.95) -> ClosedRange<Double> {
    let z = StudentT.quantile(0.5 + level / 2, degrees: .infinity)
    let m = Double(max(1, rows))
    let p = min(max(share, 0), 1)
    let scale = 1 + z * z / m
    let centre = (p + z * z / (2 * m)) / scale
    let half = z / scale * (p * (1 - p) / m + z * z / (4 * m * m)).squareRoot()
    return max(0, centre - half)...min(1, centre + half)
  }
}
