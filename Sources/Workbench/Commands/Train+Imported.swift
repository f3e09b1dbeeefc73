import Language
import NeuralNetworks

extension Training {
  /// Imported weights may have come before the data, or stayed while other data was loaded.
  func checkImported(_ session: Session, _ plan: TrainingPlan, _ data: LoadedData) throws {
    guard let imported = session.network.imported,
      let architecture = try? Architecture(session.networkDescription, for: data.dataset, loss: plan.loss),
      architecture.sizes != imported.sizes
    else { return }
    func text(_ sizes: [Int]) -> String { sizes.map(String.init).joined(separator: "-") }
    throw Diagnostic(
      "the weights of '\(imported.file)' are a network of \(text(imported.sizes)), but with this data it is \(text(architecture.sizes))",
      at: invocation.verb.span, hint: "network, said again, begins with weights of its own")
  }
}
