import Vocabulary

/// What a study's trials are trained on and with, as values: nothing in it is ever read as a cell.
///
/// It comes from a storage that others may write to, so whoever uses it checks each value against its declaration.
package struct StudyRecipe: Codable, Hashable, Sendable {
  /// The words of `data`: a source with its arguments, options, and the seed that drew the split.
  package struct DataWords: Codable, Hashable, Sendable {
    package var source: Call
    package var options: [Call.Named]
    package var seed: UInt64

    package init(source: Call, options: [Call.Named], seed: UInt64) {
      self.source = source
      self.options = options
      self.seed = seed
    }
  }

  package var data: DataWords?
  /// What the session's network and `tune` itself say, by parameter.
  package var network: [String: Argument]
  package var fixed: [String: Argument]

  package init(data: DataWords?, network: [String: Argument], fixed: [String: Argument]) {
    self.data = data
    self.network = network
    self.fixed = fixed
  }
}
