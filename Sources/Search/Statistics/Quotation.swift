/// What may be said of the best of many: how good it is on new rows, which others are as good, and whether it beats another.
///
///     let quotation = Quotation(best: 3, among: measurements)
///     quotation?.interval(level: 0.95)      // 0.061...0.088
package struct Quotation: Sendable {
  package let best: Measurement
  package let all: [Measurement]

  /// nil if the best is not among them, or nothing tells its error.
  package init?(best number: Int, among all: [Measurement]) {
    guard let best = all.first(where: { $0.number == number }), best.error != nil else { return nil }
    (self.best, self.all) = (best, all)
  }

  /// How much better the best looks than it is because it was chosen as such: the mean, over other draws of the rows, of the
  /// change of whatever is best there. At most 0 but for chance. O(replicates x trials).
  package var optimism: Double {
    let count = best.replicates.count
    let rivals = all.filter { $0.replicates.count == count }
    guard count > 0, rivals.count > 1 else { return 0 }
    var sum = 0.0
    for replicate in 0..<count {
      // Each draw and its mirror image.
      for sign in [1.0, -1] {
        var (least, change) = (Double.infinity, 0.0)
        for rival in rivals {
          let moved = sign * rival.replicates[replicate]
          if rival.value + moved < least { (least, change) = (rival.value + moved, moved) }
        }
        sum += change
      }
    }
    return min(0, sum / Double(2 * count))
  }

  /// What the best comes to on new rows, without the luck of having been chosen.
  package var expected: Double { best.value - optimism }

  /// An interval that holds the value on new rows with the chance `level`.
  package func interval(level: Double = 0.95) -> ClosedRange<Double>? {
    guard let error = best.error, error.variance.isFinite else { return nil }
    let half = StudentT.quantile(0.5 + level / 2, degrees: error.degrees) * error.deviation
    return (expected - half)...(expected + half)
  }

  /// The chance that a trial is worse than the best by more than `margin`; nil if the two cannot be compared.
  package func chanceOfBeating(_ other: Measurement, by margin: Double = 0) -> Double? {
    guard let error = best.error(of: other), error.variance.isFinite else { return nil }
    let distance = other.value - best.value + optimism - margin
    if error.variance == 0 { return distance > 0 ? 1 : distance < 0 ? 0 : 0.5 }
    return StudentT.cumulative(distance / error.deviation, degrees: error.degrees)
  }

  /// The trials that the best cannot be told from: with no more than 95 % is it better by the margin. In order of their values.
  package func ties(by margin: Double = 0) -> [Measurement] {
    all.filter { $0.number != best.number && chanceOfBeating($0, by: margin).map { $0 <= 0.95 } ?? false }
      .sorted { ($0.value, $0.number) < ($1.value, $1.number) }
  }
}
