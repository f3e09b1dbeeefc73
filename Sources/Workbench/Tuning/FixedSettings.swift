import Studies
import Vocabulary

/// Settings that a study keeps: what `tune` fixed, and the network that the session had.
///
/// They come from a storage, so each is checked against its declaration; what does not fit is left out, and `problems` says so.
struct FixedSettings {
  let study: Study

  init(_ study: Study) { self.study = study }

  /// The settings kept as `fixed` or `network`; empty if the study has none (it was made elsewhere).
  func arguments(_ attribute: String) -> [String: Argument] { read(attribute).settings }

  /// What cannot be used of both, in words.
  var problems: [String] { read("fixed").problems + read("network").problems }

  private func read(_ attribute: String) -> (settings: [String: Argument], problems: [String]) {
    if let recipe = study.settings.recipe {
      return Self.checked(attribute == "fixed" ? recipe.fixed : recipe.network)
    }
    guard let text = study.settings.attributes[attribute], !text.isEmpty else { return ([:], []) }
    guard let pairs = LiteralReader.pairs(text) else { return ([:], ["its \(attribute) settings cannot be read"]) }
    return Self.checked(Dictionary(pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }))
  }

  /// Settings of `network` and `train` that fit their declarations.
  static func checked(_ said: [String: Argument]) -> (settings: [String: Argument], problems: [String]) {
    var result: [String: Argument] = [:]
    var problems: [String] = []
    for (name, value) in said.sorted(by: { $0.key < $1.key }) {
      guard let option = Hyperparameters.option(name),
        let bound = try? StoredArgument.bound(value, to: option.kind, name)
      else {
        problems.append("its setting \(name)=\(value) is not one that network or train takes")
        continue
      }
      result[name] = bound
    }
    return (result, problems)
  }
}
