/// Weights that `import weights` gave the current network, in the architecture's flat layout.
package struct ImportedWeights: Sendable {
  /// The file they came from, for `show`.
  package var file: String
  package var weights: [Float]
  /// Input, hidden and output sizes.
  package var sizes: [Int]
}
