import Language
import NeuralNetworks
import Vocabulary

/// What a configuration of network and training is measured by in a rule, before it is trained.
struct RuleMeasure {
  /// Settings, each level over the ones before it.
  let levels: [[String: Argument]]
  /// nil: what depends on the data has no value.
  let data: LoadedData?

  /// nil if it is no measure, or needs data that is not there.
  func value(_ name: String) -> Value? {
    let network = NetworkSettings.description(levels)
    switch name {
    case "parameters": return data.map { .int(network.parameterCount(for: $0.dataset)) }
    case "hidden": return .list(network.hidden.map { .int($0) })
    case "layers": return .int(network.hidden.count)
    case "neurons": return Set(network.hidden).count == 1 ? network.hidden.first.map { .int($0) } : nil
    case "norm": return .word(network.normalization.rawValue)
    case "batch_norm": return .bool(network.normalization == .batch)
    case "initializer":
      return .word((network.initializer ?? Initializers.standard(for: network.activation)).description)
    case "output": return choice(network).map { .word($0.output.rawValue) }
    case "loss": return choice(network).map { .word($0.loss.name) }
    default: break
    }
    guard let index = NetworkSettings.layerIndex(name), network.hidden.indices.contains(index) else { return nil }
    return .int(network.hidden[index])
  }

  /// What the task decides where nothing is said.
  private func choice(_ network: NetworkDescription) -> OutputChoice? {
    let loss = levels.compactMap { $0["loss"]?.call }.last
    return data.flatMap { try? OutputChoice(network, loss: loss, data: $0.dataset) }
  }
}
