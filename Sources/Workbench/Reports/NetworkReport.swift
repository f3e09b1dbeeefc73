import Drawing
import NeuralNetworks

/// What `network` shows: layers with shapes and parameter counts.
enum NetworkReport {
  static func table(_ session: Session) -> Table {
    let network = session.networkDescription
    let architecture = session.data.flatMap { try? Architecture(network, for: $0.dataset) }
    let shapes = layers(network, architecture)
    let rows = shapes.map { layer in
      [layer.name, layer.width, layer.detail, layer.parameters.map(Number.count) ?? "?"]
    }
    let total = architecture.map {
      Number.count($0.parameterCount) + " parameters, " + Number.bytes(4 * $0.parameterCount)
    }
    return Table(
      title: "network",
      columns: [.init("layer", .left), .init("outputs"), .init("then", .left), .init("parameters")], rows: rows,
      note: (total ?? "sizes of input and output come with the data") + "; weights " + initializer(network)
        + recipe(session))
  }

  /// What train takes from the network's recipe.
  private static func recipe(_ session: Session) -> String {
    let settings = session.recipeTraining(on: session.data, unless: [])
    guard let name = session.network.recipe, !settings.isEmpty else { return "" }
    return "\n\(name): train takes \(TuneRequest.pairs(settings)) where nothing else is given"
  }

  struct Layer {
    var name: String
    var width: String
    var detail: String
    var parameters: Int?
  }

  static func layers(_ network: NetworkDescription, _ architecture: Architecture?) -> [Layer] {
    var layers = [Layer(name: "input", width: architecture.map { "\($0.inputs)" } ?? "?", detail: "", parameters: 0)]
    for (index, width) in network.hidden.enumerated() {
      layers.append(
        Layer(
          name: "hidden \(index + 1)", width: "\(width)", detail: detail(network),
          parameters: architecture?.layers[index].parameters))
    }
    let output = architecture?.output ?? network.output
    layers.append(
      Layer(
        name: "output", width: architecture.map { "\($0.outputs)" } ?? "?", detail: output?.rawValue ?? "?",
        parameters: architecture?.layers.last?.parameters))
    return layers
  }

  private static func detail(_ network: NetworkDescription) -> String {
    var parts = network.normalization == .none ? [] : ["\(network.normalization.rawValue) norm"]
    parts.append(network.activation.rawValue)
    if network.dropout > 0 { parts.append("dropout \(Number.significant(network.dropout))") }
    return parts.joined(separator: ", ")
  }

  private static func initializer(_ network: NetworkDescription) -> String {
    (network.initializer ?? Initializers.standard(for: network.activation)).description
  }
}
