/// Weights that `import weights` or `load` gave the current network, in the architecture's flat layout.
package struct ImportedWeights: Sendable {
  /// The file they came from, for `show`.
  package var file: String
  package var weights: [Float]
  /// Batch normalisation's running means and variances.
  package var statistics: [Float]
  /// Input, hidden and output sizes.
  package var sizes: [Int]
}
