import Vocabulary

/// The word here that a value of other programs means.
enum ForeignWord {
  /// Those of `words` that `word` of another program means as a value of `parameter`, or what to type instead; nil if
  /// nothing is known of it.
  static func meant(by word: String, of parameter: String, among words: [String]) -> (names: [String], form: String?)? {
    // A metric is meant on the validation rows unless its name says more.
    let part = ["train_", "test_"].first(where: word.hasPrefix) ?? "val_"
    for stem in OtherName.stems(of: word) {
      let metrics = [stem] + (OtherName.value(stem, of: "metrics")?.names ?? [])
      let wanted = metrics.flatMap { [$0, part + $0] }.map(OtherName.folded)
      let names = words.filter { wanted.contains(OtherName.folded($0)) }
      if let first = names.first, first != word { return ([first], nil) }
      if let other = OtherName.value(stem, of: parameter) {
        let names = other.names.filter(words.contains)
        if other.form != nil || !names.isEmpty { return (names, other.form) }
      }
    }
    return nil
  }
}
