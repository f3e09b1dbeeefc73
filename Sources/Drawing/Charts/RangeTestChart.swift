/// The learning-rate range test: loss while the rate grows batch by batch.
package struct RangeTestChart: Chart {
  package static let name = "range_test"
  package static let help = "the loss while the learning rate grows, and the rate suggested (find_learning_rate)"

  package var rates: [Double]
  package var losses: [Double]
  /// Smoothed, as long as `losses`; empty without.
  package var smoothed: [Double]
  package var suggestion: Double?

  package init(rates: [Double], losses: [Double], smoothed: [Double] = [], suggestion: Double? = nil) {
    self.rates = rates
    self.losses = losses
    self.smoothed = smoothed
    self.suggestion = suggestion
  }

  package func draw() -> Picture { plot.draw() }
}
