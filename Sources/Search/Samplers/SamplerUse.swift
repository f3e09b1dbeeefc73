/// What a sampler is for: which studies it suits, as the page "Which sampler when" and `help SAMPLER` show it.
package struct SamplerUse: Sendable {
  /// How many objectives a suggestion depends on.
  package enum Objectives: String, Sendable { case none, first, all }

  /// When to take it, as a sentence.
  package let when: String
  /// How many trials it suits: "10 to 300".
  package let trials: String
  package let objectives: Objectives
  /// Whether it models parameters together, so that it finds that one is good only with another.
  package let modelsTogether: Bool

  package init(_ when: String, trials: String, objectives: Objectives, modelsTogether: Bool = false) {
    self.when = when
    self.trials = trials
    self.objectives = objectives
    self.modelsTogether = modelsTogether
  }

  /// Whether what earlier trials have shown changes the next suggestion.
  package var learns: Bool { objectives != .none }

  /// All of it in words.
  package var sentence: String {
    let objectives =
      switch objectives {
      case .none: "It does not learn from earlier trials."
      case .first: "It learns from the first objective."
      case .all: "It learns from every objective."
      }
    return "\(when) Trials: \(trials). \(objectives)"
  }
}
