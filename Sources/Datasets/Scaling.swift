/// The standardiser: x becomes (x - mean) / deviation. Fitted on training rows, kept with the model.
package struct Scaling: Sendable, Equatable, Codable {
  package var kind: Standardization
  /// One for every feature; one in all where the kind is global; empty for none.
  package var mean: [Float]
  /// As `mean`; 1 where a feature is constant. The population's deviation, as scikit-learn's.
  package var deviation: [Float]

  package init(kind: Standardization, mean: [Float], deviation: [Float]) {
    self.kind = kind
    self.mean = mean
    self.deviation = deviation
  }

  package static let identity = Scaling(kind: .none, mean: [], deviation: [])

  /// Standardises rows in place.
  package func apply(_ rows: inout [Float], columns: Int) {
    guard !mean.isEmpty else { return }
    for index in rows.indices {
      let k = mean.count == 1 ? 0 : index % columns
      rows[index] = (rows[index] - mean[k]) / deviation[k]
    }
  }
}
