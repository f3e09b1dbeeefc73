import NeuralNetworks
import Vocabulary

/// What `network` takes, and how it makes a description.
package enum NetworkSettings {
  /// A hidden layer wider than this is taken for a slip.
  private static let widths = 1...1_000_000
  /// Hidden layers that a network may have.
  static let mostLayers = 1000

  package static let options: [Option] = [
    Option(
      "hidden", .list(of: .int(widths)), default: .list([.int(128)]), "neurons of each hidden layer, first to last"),
    Option("layers", .int(0...mostLayers), defaultText: "as in hidden", "number of hidden layers"),
    Option("neurons", .int(widths), defaultText: "as in hidden", "neurons of every hidden layer"),
    Option("hidden[i]", .int(widths), "neurons of hidden layer i, counted from 0"),
    Option(
      "activation", .word(Activation.allCases.map(\.rawValue)), default: .text("relu"),
      "activation function of the hidden layers",
      meanings: Activation.allCases.map(\.syntax)),
    Option(
      "initializer", .call(Initializers.syntaxes),
      defaultText: "he_uniform for relu's family, glorot_uniform otherwise", "distribution of the initial weights"),
    Option(
      "dropout", .float(.share), default: .float(0), "fraction of a hidden layer's outputs dropped during training"),
    Option(
      "norm", .word(Normalization.allCases.map(\.rawValue)), default: .text("none"),
      "normalisation between the linear part and the activation", meanings: Normalization.allCases.map(\.syntax)),
    Option("batch_norm", .bool, default: .bool(false), "true is norm=batch"),
    Option(
      "output", .word(Output.allCases.map(\.rawValue)), defaultText: "inferred from the task",
      "function of the output layer", meanings: Output.allCases.map(\.syntax)),
  ]

  /// Options that belong to the network and are said with a training as often.
  package static let regularizers = options.filter { ["dropout", "norm", "batch_norm"].contains($0.name) }

  /// The description that levels of settings give, each level over the ones before it.
  package static func description(_ levels: [[String: Argument]]) -> NetworkDescription {
    var network = NetworkDescription()
    // Where nothing counts the layers, there are as many as have a width of their own.
    if !levels.contains(where: { $0["layers"] != nil || $0["hidden"] != nil }) {
      let last = levels.flatMap { $0.keys.compactMap(layerIndex) }.max() ?? 0
      network.hidden += Array(repeating: network.hidden.last ?? 128, count: min(last, 999))
    }
    for level in levels { apply(level, to: &network) }
    return network
  }

  private static func apply(_ level: [String: Argument], to network: inout NetworkDescription) {
    if let widths = level["hidden"]?.list { network.hidden = widths.compactMap(\.int) }
    if level["layers"] != nil || level["neurons"] != nil {
      // What no declaration allows cannot be made: a trial of another program may say anything.
      let layers = min(max(0, level["layers"]?.int ?? network.hidden.count), mostLayers)
      let neurons = level["neurons"]?.int
      let last = network.hidden.last ?? 128
      network.hidden = (0..<layers).map { neurons ?? ($0 < network.hidden.count ? network.hidden[$0] : last) }
    }
    for (name, value) in level {
      guard let index = layerIndex(name), network.hidden.indices.contains(index), let width = value.int else {
        continue
      }
      network.hidden[index] = width
    }
    if let name = level["activation"]?.text, let activation = Activation(rawValue: name) {
      network.activation = activation
    }
    if let call = level["initializer"]?.call { network.initializer = call }
    if let share = level["dropout"]?.float { network.dropout = share }
    if let flag = level["batch_norm"]?.bool { network.batchNormalization = flag }
    if let name = level["norm"]?.text, let norm = Normalization(rawValue: name) { network.normalization = norm }
    if let name = level["output"]?.text, let output = Output(rawValue: name) { network.output = output }
  }

  /// Levels of settings as one, with the widths said layer by layer.
  package static func said(_ levels: [[String: Argument]]) -> [String: Argument] {
    var result: [String: Argument] = [:]
    for level in levels {
      // The later level says which normalisation, by either name.
      if level["norm"] != nil || level["batch_norm"] != nil { result["norm"] = nil }
      if level["norm"] != nil { result["batch_norm"] = nil }
      result.merge(level.filter { isName($0.key) && !isWidth($0.key) }) { $1 }
    }
    result["hidden"] = .list(description(levels).hidden.map(Argument.int))
    return result
  }

  package static func isName(_ name: String) -> Bool {
    layerIndex(name) != nil || options.contains { $0.name == name }
  }

  private static func isWidth(_ name: String) -> Bool {
    ["hidden", "layers", "neurons"].contains(name) || layerIndex(name) != nil
  }

  /// 2 for `hidden[2]`.
  package static func layerIndex(_ name: String) -> Int? {
    guard name.hasPrefix("hidden["), name.hasSuffix("]") else { return nil }
    return Int(name.dropFirst("hidden[".count).dropLast())
  }
}
