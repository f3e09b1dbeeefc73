/// One metric of one training run, epoch by epoch; the first entry is epoch 1.
package struct RunCurves: Sendable {
  package var name: String
  package var train: [Double]
  /// Empty without validation.
  package var validation: [Double]
  /// Counted from 1: the epoch whose weights were kept.
  package var bestEpoch: Int?

  package init(name: String, train: [Double], validation: [Double] = [], bestEpoch: Int? = nil) {
    self.name = name
    self.train = train
    self.validation = validation
    self.bestEpoch = bestEpoch
  }
}

/// A named curve over epochs: a learning rate, a schedule.
package struct NamedCurve: Sendable {
  package var name: String
  /// The first entry stands at `first`.
  package var values: [Double]

  package init(_ name: String, _ values: [Double]) {
    self.name = name
    self.values = values
  }
}
