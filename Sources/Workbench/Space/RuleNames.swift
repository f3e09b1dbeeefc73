import Language
import NeuralNetworks
import Search
import Vocabulary

/// What the names of a rule stand for in a configuration: the trial's value, else the fixed one, the session's, the default.
struct RuleNames {
  /// The trial's values over the fixed ones, the session's and the defaults.
  let point: Point
  /// Parameters of the space that are not active.
  let inactive: Set<String>
  let isExternal: Bool
  let measure: (String) -> Value?

  func lookUp(_ name: String) -> RuleValue {
    if isExternal {
      if let value = point[name] { return .value(value.value) }
      return inactive.contains(name) ? .inactive : .unknown
    }
    if inactive.contains(name) { return .inactive }
    let layer = NetworkSettings.layerIndex(name)
    // These are those of the network, however they were given.
    if layer != nil || Self.ofNetwork.contains(name), let value = measure(name) { return .value(value) }
    if let value = point[name]?.value ?? measure(name) { return .value(value) }
    return layer == nil ? standard(name) : .inactive
  }

  private static let ofNetwork: Set<String> = ["hidden", "layers", "neurons", "norm", "batch_norm"]

  /// The default of what is neither searched nor fixed: the optimizer's, or none.
  private func standard(_ name: String) -> RuleValue {
    let optimizer = ParameterReader.arguments(point)["optimizer"]?.call ?? Call("adam")
    if let type = try? Optimizers.type(named: optimizer.name) {
      if name == "learning_rate" { return .value(.float(type.defaultLearningRate)) }
      if name == "weight_decay" { return .value(.float(type.init(optimizer).defaultWeightDecay)) }
    }
    if let own = Optimizers.syntaxes.first(where: { $0.name == optimizer.name })?.options.first(where: {
      $0.name == name
    }) {
      return (optimizer[name] ?? own.standard).map { .value(ParameterValue($0).value) } ?? .value(.none)
    }
    guard let option = Hyperparameters.option(name) else { return .unknown }
    // What another optimizer would use, or the task decides, has no value here.
    let isForeign = Optimizers.syntaxes.contains { $0.options.contains { $0.name == name } }
    if isForeign || ["loss", "output", "metrics", "neurons"].contains(name) { return .inactive }
    return .value((option.standard ?? Hyperparameters.standard[name]).map { ParameterValue($0).value } ?? .none)
  }
}
