import Vocabulary

/// What is asked about in words that no declaration has: the parameters, commands and plots that speak of it.
enum HelpTopics {
  private static let topics: [(words: String, summary: String, names: [String])] = [
    (
      "overfitting overfit regularization generalization", "training that learns its rows by heart",
      ["dropout", "early_stopping", "weight_decay", "l1", "noise", "folds", "validation"]
    ),
    (
      "underfitting underfit", "training that has not learned enough",
      ["hidden", "epochs", "learning_rate", "optimizer"]
    ),
    (
      "reproducibility reproducible determinism random randomness", "the same numbers again",
      ["seed", "parallel", "shuffle"]
    ),
    (
      "imbalance imbalanced unbalanced", "classes of very different sizes",
      ["class_weight", "f1", "auc", "precision", "recall"]
    ),
    ("cross_validation crossvalidation", "every row validated once", ["folds", "repeat"]),
    (
      "divergence diverged exploding nan", "a loss that is not finite",
      ["learning_rate", "clip_norm", "initializer", "standardize"]
    ),
    (
      "speed slow fast performance", "how long training takes",
      ["batch_size", "threads", "parallel", "bench", "pruner", "limit"]
    ),
    ("cluster distributed slurm", "trials on several machines", ["workers", "join", "study"]),
    (
      "hyperparameter hyperparameters tuning search", "what is chosen before training",
      ["space", "tune", "sampler", "pruner"]
    ),
    ("constraint constraints rule", "what every configuration keeps", ["subject"]),
    ("gpu cuda device", "Attune trains on the processor's cores", ["threads", "bench"]),
  ]

  /// What there is on words that name no declaration: another program's name for one, two words of one name, a topic.
  static func entries(for words: [String]) -> [HelpEntry] {
    let joined = words.joined(separator: "_").lowercased()
    if words.count > 1, let own = HelpIndex.entries[joined] { return own }
    let meant = OtherName.all(joined).flatMap(\.names).compactMap { HelpIndex.entries[$0]?.first }
    if !meant.isEmpty { return meant.reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
    guard let topic = topics.first(where: { $0.words.split(separator: " ").contains(Substring(joined)) }) else {
      return []
    }
    return [entry(joined.replacing("_", with: " "), topic.summary, topic.names)]
  }

  private static func entry(_ name: String, _ summary: String, _ names: [String]) -> HelpEntry {
    var entry = HelpEntry(name: name, kind: "topic", summary: summary)
    entry.values = names.compactMap { name in
      HelpIndex.entries[name]?.first.map {
        HelpEntry.Parameter(name: name, expectation: $0.kind, standard: nil, help: $0.summary)
      }
    }
    return entry
  }
}
