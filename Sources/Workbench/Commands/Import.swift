import FileAccess
import Foundation
import Language
import NeuralNetworks
import Vocabulary

extension Command {
  package static let importWeights = Command(
    "import", "sets the initial weights of the current network",
    positionals: [Option("what", .word(["weights"]), required: true, "weights")],
    options: [
      Option("from", .path, required: true, "a file: ." + WeightFile.endings.joined(separator: ", .")),
      Option("name", .text, defaultText: "the file's name without its ending", "the run's name"),
    ],
    details: """
      The file holds layers.0.weight (outputs x inputs), layers.0.bias and so on, and norms.0.weight, .bias, .running_mean,
      .running_var for batch normalisation. Every train begins with them until network describes another one. Where there
      is data, the network is a run of no epochs, which evaluate, predict and export take.
      """,
    examples: ["import weights from=\"start.npz\""]
  ) { invocation, context in
    let reading = WeightReading(
      invocation: invocation, session: context.session, isCancelled: context.isCancelled)
    let (imported, model) = try reading.weights()
    context.store.update { session in
      session.network.imported = imported
      if let model { session.runs.keep(Run(name: invocation.text("name") ?? reading.stem, loaded: model)) }
    }
    if !invocation.isQuiet {
      let sizes = imported.sizes.map(String.init).joined(separator: "-")
      context.print(
        "the network's weights are those of \(reading.file): \(sizes), \(imported.weights.count) parameters")
    }
  }
}

/// Reads weights for the session's network and checks that they fit it and its data.
private struct WeightReading {
  let invocation: Invocation
  let session: Session
  let isCancelled: () -> Bool

  var file: String { invocation.text("from")! }
  var stem: String { ((file as NSString).lastPathComponent as NSString).deletingPathExtension }
  private var place: Span { invocation.span(of: "from") }

  func weights() throws -> (ImportedWeights, TrainedModel?) {
    do {
      let tensors = try weightFile()
      guard let sizes = Architecture.sizes(of: tensors) else {
        throw TrainingError(
          "'\(file)' holds no chain of layers",
          hint: "it needs layers.0.weight, layers.0.bias, ...; it has "
            + tensors.prefix(6).map(\.name).joined(separator: ", "))
      }
      let network = session.networkDescription
      let loss = try session.data.map { try OutputChoice(network, loss: nil, data: $0.dataset) }
      let architecture = Architecture(
        network, inputs: session.data?.dataset.featureCount ?? sizes[0], outputs: loss?.outputs ?? sizes.last!,
        output: loss?.output ?? .identity)
      try check(sizes, architecture)
      let parameters = try architecture.parameters(from: tensors)
      let statistics = try architecture.statistics(from: tensors)
      let imported = ImportedWeights(file: file, weights: parameters, statistics: statistics, sizes: sizes)
      let model = session.data.map {
        TrainedModel(architecture, loss: loss!.loss, parameters: parameters, statistics: statistics, data: $0.dataset)
      }
      return (imported, model)
    } catch let error as TrainingError {
      throw Diagnostic(error.message, at: place, hint: error.hint)
    }
  }

  private func weightFile() throws -> [NamedTensor] {
    do { return try WeightFile.tensors(path: Files.path(file), isCancelled: isCancelled) } catch let error as FileError
    {
      let refusal = Files.Refusal(error)
      throw Diagnostic(refusal.message, at: place, hint: refusal.hint)
    }
  }

  private func check(_ sizes: [Int], _ architecture: Architecture) throws {
    guard sizes != architecture.sizes else { return }
    func text(_ sizes: [Int]) -> String { sizes.map(String.init).joined(separator: "-") }
    let hidden = Array(sizes.dropFirst().dropLast())
    let fits = sizes.first == architecture.sizes.first && sizes.last == architecture.sizes.last
    throw TrainingError(
      "'\(file)' holds a network of \(text(sizes)), but the session's is \(text(architecture.sizes))",
      hint: fits
        ? "describe it first: network hidden=[\(hidden.map(String.init).joined(separator: ", "))]"
        : "the data gives the first and the last size")
  }
}
