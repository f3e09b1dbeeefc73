/// What other programs (PyTorch, Keras, scikit-learn, Optuna, hyperopt, Weights & Biases, Ray) call what is declared here.
///
/// Diagnostics, help, completion and spaces look a word up here before they guess by its letters, so that a suggestion
/// never changes the meaning: `lr` is `learning_rate`, not `l1`.
package struct OtherName: Sendable {
  package enum Place: Sendable, Equatable {
    /// The name of a parameter of a command or call.
    case parameter
    /// A word that one of these parameters takes.
    case value(of: [String])
    /// The first word of a statement.
    case command
    /// A call in an expression or a space.
    case function
  }

  package var place: Place
  /// As other programs have them; compared without case, `_` and `-`.
  package var words: [String]
  /// The names that mean the same here: declared parameters, words or commands.
  package var names: [String]
  /// What to type, if that is more than the name: `early_stopping=patience(5)`.
  package var form: String?

  init(_ place: Place, _ words: String, _ names: String..., form: String? = nil) {
    self.place = place
    self.words = words.split(separator: " ").map(String.init)
    self.names = names
    self.form = form
  }

  /// What a hint asks about: `'tpe' or 'gp'`.
  package var suggestion: String { form.map { "'\($0)'" } ?? names.map { "'\($0)'" }.joined(separator: " or ") }
}

extension OtherName {
  /// The parameter that another program calls `word`.
  package static func parameter(_ word: String) -> OtherName? { find(word) { $0 == .parameter } }

  /// The word of `parameter` that another program calls `word`.
  package static func value(_ word: String, of parameter: String) -> OtherName? {
    find(word) { if case .value(let owners) = $0 { owners.contains(parameter) } else { false } }
  }

  /// What is left of a word without what other programs add to every name of its sort, the longest first: of `CmaEsSampler`
  /// `cmaes`, of `neg_roc_auc_score` `rocaucscore`, `negrocauc`, `rocauc`. Without case, `_` and `-`.
  package static func stems(of word: String) -> [String] {
    var found = [folded(word)]
    var next = 0
    while next < found.count, found.count < 20 {
      let stem = found[next]
      let shorter =
        endings.filter(stem.hasSuffix).map { String(stem.dropLast($0.count)) }
        + beginnings.filter(stem.hasPrefix).map { String(stem.dropFirst($0.count)) }
      found += shorter.filter { $0.count >= 2 && !found.contains($0) }
      next += 1
    }
    return found
  }

  private static let endings = [
    "sampler", "pruner", "scheduler", "search", "loss", "lr", "optimizer", "scaler", "transformer", "score", "curve",
    "curves", "matrix", "plot", "dataset", "initializer",
  ]
  private static let beginnings = ["plot", "load", "make", "fetch", "neg", "val", "train", "use"]

  /// The command that another program calls `word`.
  package static func command(_ word: String) -> OtherName? { find(word) { $0 == .command } }

  /// What another program's function of that name is written as.
  package static func function(_ word: String) -> OtherName? { find(word) { $0 == .function } }

  /// Everything that another program calls `word`: a parameter, a value, a command.
  package static func all(_ word: String) -> [OtherName] {
    let folded = folded(word)
    return all.filter { $0.words.contains { Self.folded($0) == folded } }
  }

  private static func find(_ word: String, _ fits: (Place) -> Bool) -> OtherName? {
    let folded = folded(word)
    return all.first { entry in fits(entry.place) && entry.words.contains { Self.folded($0) == folded } }
  }

  package static func folded(_ word: String) -> String { word.lowercased().filter { $0 != "_" && $0 != "-" } }
}
