import Vocabulary

/// The samplers by name. A new one is a file beside this and a line in `all`.
package enum Samplers {
  package struct Entry: Sendable {
    package let syntax: Syntax
    /// The pruner that comes with it unless another is said (bohb is hyperband with a model).
    package let pruner: Call?
    package let use: SamplerUse
    /// The option that says how many trials are drawn at random first, if there is one.
    let randomOption: String?
    package let make: @Sendable (Call) -> any Sampler

    package init(
      _ syntax: Syntax, use: SamplerUse, pruner: Call? = nil, random: String? = nil,
      make: @escaping @Sendable (Call) -> any Sampler
    ) {
      self.syntax = syntax
      self.use = use
      self.randomOption = random
      self.pruner = pruner
      self.make = make
    }
  }

  package static let all: [Entry] = [
    AutoSampler.entry, GridSampler.entry, RandomSampler.entry, QMCSampler.entry, TPESampler.entry, GPSampler.entry,
    CMAESSampler.entry,
    EvolutionSampler.entry, NSGA2Sampler.entry, BOHBSampler.entry, PBTSampler.entry,
  ]

  /// How many trials a call's sampler draws at random first; nil if it draws none, or has no number of them.
  package static func randomTrials(_ call: Call) -> Int? {
    guard let entry = all.first(where: { $0.syntax.name == call.name }) else { return nil }
    return entry.randomOption.flatMap { call.int($0, entry.syntax) }
  }

  /// The sampler that a call names, with its options.
  package static func make(_ call: Call) throws(SearchError) -> any Sampler {
    guard let entry = all.first(where: { $0.syntax.name == call.name }) else {
      throw SearchError(
        "there is no sampler '\(call.name)'", hint: "one of " + all.map(\.syntax.name).joined(separator: ", "))
    }
    return entry.make(call)
  }
}
