import Language
import NeuralNetworks

extension Run {
  /// The network that came out. A mistake where it is still being trained.
  func trained(at span: Span) throws -> TrainedModel {
    guard let model else { throw Diagnostic("\(name) is still being trained", at: span) }
    return model
  }
}

extension CellContext {
  /// What a run is measured on: its own data, the session's for a network from a file.
  func data(of run: Run, at span: Span) throws -> LoadedData {
    guard let data = run.data ?? session.data else {
      throw Diagnostic(
        "there is no data to measure \(run.name) on", at: span,
        hint: "load some: data csv(\"new.csv\", target=\"price\")")
    }
    return data
  }
}
