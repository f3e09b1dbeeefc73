import Language
import NeuralNetworks

/// `network`: the current network; `network.parameters` once data gives it its sizes.
struct NetworkObject: SessionObject {
  let session: Session

  var typeName: String { "a network" }

  func plain() throws -> Value {
    let network = session.networkDescription
    var entries: [Value.Entry] = [
      .init("hidden", .list(network.hidden.map(Value.int))), .init("layers", .int(network.hidden.count)),
      .init("activation", .string(network.activation.rawValue)), .init("dropout", .float(network.dropout)),
      .init("norm", .string(network.normalization.rawValue)),
      .init("batch_norm", .bool(network.batchNormalization)),
    ]
    let count = session.data.map { network.parameterCount(for: $0.dataset) }
    entries.append(.init("parameters", count.map(Value.int) ?? .none))
    return .dict(entries)
  }

  func attribute(_ name: String) throws -> Value? {
    if name == "parameters", session.data == nil {
      throw ValueError(
        "the number of parameters depends on the data, and there is none yet", hint: "for example: data digits")
    }
    return try plain()[name]
  }
}

extension Session {
  /// The current network with its defaults filled in.
  var networkDescription: NetworkDescription { NetworkSettings.description([networkSettings]) }
}
