import NeuralNetworks

extension NetworkSetting {
  /// A description in the words of `network`.
  init(_ network: NetworkDescription) {
    said = [
      "hidden": .list(network.hidden.map { .int($0) }), "activation": .text(network.activation.rawValue),
      "dropout": .float(network.dropout), "norm": .text(network.normalization.rawValue),
    ]
    if let output = network.output { said["output"] = .text(output.rawValue) }
    if let initializer = network.initializer { said["initializer"] = .call(initializer) }
  }
}
