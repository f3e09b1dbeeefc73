import Language
import LinearAlgebra
import NeuralNetworks
import Search
import Vocabulary

/// Parameters of a space that nothing uses in some of its configurations: the momentum of a trial with adam.
///
/// Such a value makes two trials differ that are the same, and spoils their importance.
struct NoEffect {
  /// What a search space says of one parameter.
  struct Finding {
    let name: String
    /// `optimizer=adam`, `layers=1`: what does not use it.
    let culprits: [String]
    /// `optimizer == sgd`: when it would be used; nil if nothing in the space uses it.
    let condition: String?
  }

  /// `fixed` and the session's `network` are what the space is searched with.
  static func findings(
    _ description: SpaceDescription, fixed: [String: Argument] = [:], network: [String: Argument] = [:]
  ) -> [Finding] {
    if description.isExternal { return [] }
    let space = description.space(fixed: fixed, known: Hyperparameters.standard.merging(network) { $1 })
    var random = RandomStream(seed: 0, "no effect")
    var culprits: [String: Set<String>] = [:]
    var owners: [String: Set<String>] = [:]
    for _ in 0..<300 {
      let point = space.configuration { $0.domain.draw(&random) }
      let configuration = Configuration(point: point, fixed: fixed, network: network)
      for name in point.keys {
        switch configuration.use(of: name) {
        case .none: break
        case (let setting, true)?: owners[name, default: []].insert(setting)
        case (let setting, false)?: culprits[name, default: []].insert(setting)
        }
      }
    }
    return space.parameters.compactMap { parameter in
      guard let found = culprits[parameter.name] else { return nil }
      return Finding(
        name: parameter.name, culprits: found.sorted(), condition: condition(parameter.name, owners[parameter.name]))
    }
  }

  private static func condition(_ name: String, _ owners: Set<String>?) -> String? {
    guard let owners, !owners.isEmpty else { return nil }
    if let index = NetworkSettings.layerIndex(name) { return "layers > \(index)" }
    let words = owners.map { String($0.drop { $0 != "=" }.dropFirst()) }.sorted()
    return words.count == 1 ? "optimizer == \(words[0])" : "optimizer in {\(words.joined(separator: ", "))}"
  }

  /// One warning per parameter.
  static func warnings(
    _ description: SpaceDescription, fixed: [String: Argument] = [:], network: [String: Argument] = [:],
    inAll: Bool = false
  ) -> [String] {
    findings(description, fixed: fixed, network: network).filter { !inAll || $0.condition == nil }.map { finding in
      var text = "warning: \(finding.name) has no effect with \(finding.culprits.joined(separator: ", "))"
      if let condition = finding.condition,
        let parameter = description.parameters.first(where: { $0.name == finding.name })
      {
        var line = parameter
        line.condition = nil
        let earlier = parameter.condition.map { " and (\($0.text))" } ?? ""
        text += "; write: \(line.line(description.written[finding.name])) when \(condition)\(earlier)"
      } else if let owners = NoEffect.owners(of: finding.name) {
        text += "; it belongs to \(owners)"
      }
      return text + "\n"
    }
  }

  /// A setting that `tune` itself gives and that no optimizer of the study has; nil if one has it.
  static func warning(ofFixed name: String, in request: TuneRequest) -> String? {
    let (description, fixed) = (request.description, request.fixed)
    if let index = NetworkSettings.layerIndex(name) {
      let layers = request.networkDescription([:]).hidden.count
      let isSearched = description.parameters.contains { $0.name == "layers" || $0.name == "hidden" }
      return isSearched || index < layers ? nil : "warning: \(name) has no effect with layers=\(layers)\n"
    }
    guard Hyperparameters.ofOptimizers.contains(name) else { return nil }
    let searched = description.parameters.first { $0.name == "optimizer" && fixed["optimizer"] == nil }
    var optimizers = [fixed["optimizer"]?.call ?? Call("adam")]
    if case .categorical(let choices, _)? = searched?.domain {
      optimizers = choices.compactMap { ParameterReader.arguments(["optimizer": $0])["optimizer"]?.call }
    }
    let names = optimizers.map(\.name)
    let own = Optimizers.syntaxes.filter { names.contains($0.name) }
    if own.contains(where: { $0.options.contains { $0.name == name } }) { return nil }
    return "warning: \(name) has no effect with \(names.map { "optimizer=\($0)" }.joined(separator: ", "))"
      + (owners(of: name).map { "; it belongs to \($0)" } ?? "") + "\n"
  }

  /// The optimizers that have an option of this name, unless they all do.
  private static func owners(of name: String) -> String? {
    let owners = Optimizers.syntaxes.filter { $0.options.contains { $0.name == name } }.map(\.name)
    return owners.isEmpty ? nil : owners.joined(separator: ", ")
  }

  /// A configuration with what it is trained with.
  private struct Configuration {
    let point: Point
    let fixed: [String: Argument]
    let network: [String: Argument]

    /// The setting that decides about a parameter, and whether it uses it; nil for what every configuration uses.
    func use(of name: String) -> (setting: String, isUsed: Bool)? {
      if let index = NetworkSettings.layerIndex(name) {
        let arguments = ParameterReader.arguments(point)
        let layers = NetworkSettings.description([network, arguments, fixed]).hidden.count
        return ("layers=\(layers)", index < layers)
      }
      let isShared = name == "learning_rate" || name == "weight_decay"
      guard !isShared, Optimizers.syntaxes.contains(where: { $0.options.contains { $0.name == name } }) else {
        return nil
      }
      let optimizer = (ParameterReader.arguments(point).merging(fixed) { $1 })["optimizer"]?.call ?? Call("adam")
      let own = Optimizers.syntaxes.first { $0.name == optimizer.name }
      return ("optimizer=\(optimizer.name)", own?.options.contains { $0.name == name } ?? true)
    }
  }
}
