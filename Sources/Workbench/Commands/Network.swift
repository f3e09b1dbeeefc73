import Drawing
import Language
import NeuralNetworks
import Vocabulary

extension Command {
  package static let network = Command(
    "network", "describes the network; alone, shows it layer by layer",
    positionals: [
      Option(
        "recipe", .word(Recipes.all.map(\.name)), "a word for settings of network and train that go together",
        meanings: Recipes.all.map(\.syntax))
    ],
    options: NetworkSettings.options,
    details: """
      layers= and neurons= describe what hidden= does by two numbers, so that they can be searched. What is not said has
      its default; nothing is kept from the network before. The sizes of the input and the output come from the data.

      A recipe sets the network, and what train and tune take where nothing else is said; what is said beside it stands.
      help network.best tells what it sets and why.
      """,
    examples: [
      "network hidden=[256, 128] activation=relu dropout=0.1", "network layers=2 neurons=128",
      "network best dropout=0.3",
    ]
  ) { invocation, context in
    let recipe = invocation.text(at: 0)
    if recipe != nil || !invocation.options.isEmpty {
      let said = invocation.options.mapValues(\.value)
      try check(said, invocation)
      context.store.update { $0.network = NetworkSetting(recipe: recipe, said: said) }
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
