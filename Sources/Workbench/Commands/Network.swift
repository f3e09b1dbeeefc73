import Drawing
import Language
import NeuralNetworks
import Vocabulary

extension Command {
  package static let network = Command(
    "network", "describes the network; alone, shows it layer by layer",
    options: NetworkSettings.options,
    details: """
      layers= and neurons= say the same thing as hidden= in two numbers, so that they can be searched. What is not said has
      its default; nothing is kept from the network before. The sizes of the input and the output come from the data.
      """,
    examples: ["network hidden=[256, 128] activation=relu dropout=0.1", "network layers=2 neurons=128"]
  ) { invocation, context in
    if !invocation.options.isEmpty {
      let said = invocation.options.mapValues(\.value)
      try check(said, invocation)
      context.store.update { $0.network = NetworkSetting(said: said) }
    }
    context.show(NetworkReport.table(context.session), unless: invocation.isQuiet)
  }

  private static func check(_ said: [String: Argument], _ invocation: Invocation) throws {
    let widths = NetworkSettings.description([said]).hidden
    if said["hidden"] != nil, let clash = ["layers", "neurons"].first(where: { said[$0] != nil }) {
      throw Diagnostic(
        "hidden and \(clash) say the same thing", at: invocation.span(of: clash), hint: "say one of them")
    }
    if said["norm"] != nil, said["batch_norm"] != nil {
      throw Diagnostic(
        "norm and batch_norm say the same thing", at: invocation.span(of: "batch_norm"), hint: "use norm=batch")
    }
    for name in said.keys {
      guard let index = NetworkSettings.layerIndex(name), !widths.indices.contains(index) else { continue }
      throw Diagnostic(
        "there is no hidden layer \(index)", at: invocation.span(of: name),
        hint: widths.isEmpty ? "the network has none" : "layers count from 0 to \(widths.count - 1)")
    }
  }
}
