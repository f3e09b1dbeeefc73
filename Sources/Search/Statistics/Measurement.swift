/// A trial's value with what is known of its error. Values are to be minimised.
package struct Measurement: Sendable {
  package var number: Int
  package var value: Double
  /// The value of each training, if there are several.
  package var parts: [Double]
  /// Folds that each took a turn; 0 if the parts differ in their seeds alone.
  package var folds: Int
  /// Changes of the value with other rows, drawn alike for all measurements.
  package var replicates: [Double]

  package init(number: Int, value: Double, parts: [Double] = [], folds: Int = 0, replicates: [Double] = []) {
    (self.number, self.value, self.parts) = (number, value, parts)
    (self.folds, self.replicates) = (folds, replicates)
  }

  /// A variance and its degrees of freedom.
  package struct Error: Sendable {
    package var variance: Double
    package var degrees: Double

    package var deviation: Double { variance.squareRoot() }
  }

  /// Of the value; nil if nothing tells it.
  package var error: Error? { Self.error(parts: parts, folds: folds, replicates: replicates) }

  /// Of the difference between two values: paired where they were measured alike.
  package func error(of other: Measurement) -> Error? {
    if parts.count == other.parts.count, replicates.count == other.replicates.count, folds == other.folds {
      return Self.error(
        parts: zip(parts, other.parts).map(-), folds: folds, replicates: zip(replicates, other.replicates).map(-))
    }
    guard let mine = error, let its = other.error else { return nil }
    return Error(variance: mine.variance + its.variance, degrees: min(mine.degrees, its.degrees))
  }

  /// Of folds the variance of the mean that counts their common training rows, (1/J + 1/(k - 1)) s^2 (C. Nadeau and Y. Bengio,
  /// 2003); of seeds s^2/J and what the rows add (B. L. Welch, 1947).
  private static func error(parts: [Double], folds: Int, replicates: [Double]) -> Error? {
    let rows = replicates.isEmpty ? nil : replicates.reduce(0) { $0 + $1 * $1 } / Double(replicates.count)
    guard parts.count >= 2 else { return rows.map { Error(variance: $0, degrees: Double(replicates.count)) } }
    let count = Double(parts.count)
    let mean = parts.reduce(0, +) / count
    let square = parts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    if folds >= 2 { return Error(variance: square * (1 / count + 1 / Double(folds - 1)), degrees: count - 1) }
    let (seeds, rest) = (square / count, rows ?? 0)
    // Welch's degrees of freedom for a sum of two.
    let weights = seeds * seeds / (count - 1) + (rest == 0 ? 0 : rest * rest / Double(replicates.count))
    return Error(variance: seeds + rest, degrees: weights > 0 ? (seeds + rest) * (seeds + rest) / weights : count - 1)
  }
}
