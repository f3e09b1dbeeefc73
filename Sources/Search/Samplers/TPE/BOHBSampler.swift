import LinearAlgebra
import Vocabulary

/// Hyperband with a model: a density estimate of the largest budget that enough trials have reached; a third of the trials is random.
package struct BOHBSampler: Sampler {
  package static let syntax = Syntax(
    "bohb", "hyperband with a density model of the largest budget that enough trials have reached",
    source: "Falkner et al. 2018 (arXiv 1807.01774)",
    options: [
      Option("random", .float(FloatRange(0, 1)), default: .float(1.0 / 3), "share of random trials"),
      Option("candidates", .int(1...100_000), default: .int(64), "candidates drawn for each suggestion"),
    ], example: "tune sampler=bohb trials=60 epochs=27")
  static let entry = Samplers.Entry(syntax, pruner: Call("hyperband")) {
    BOHBSampler(randomShare: $0.float("random", syntax) ?? 1.0 / 3, candidates: $0.int("candidates", syntax) ?? 64)
  }

  let randomShare: Double
  let candidates: Int

  package func suggest(_ request: SamplingRequest) -> Suggestion? {
    var random = request.stream("bohb")
    let needed = request.space.parameters.count + 2
    guard random.uniform() >= randomShare, let budget = budget(request.history, needed) else {
      return RandomSampler().suggest(request)
    }
    var request = request
    request.history = request.history.compactMap { trial in
      if trial.state == .running { return trial }
      guard trial.isFinished else { return nil }
      var reached = trial
      if trial.reports.isEmpty { return trial.state == .complete && budget == 0 ? trial : nil }
      guard let value = trial.reports.first(where: { $0.step >= budget })?.value, !value.isNaN else { return nil }
      reached.state = .complete
      reached.values = [value]
      return reached
    }
    return Suggestion(TPESampler(startup: 0, candidates: candidates).model(request, &random))
  }

  /// The largest step that enough trials have reported; nil where there is none. 0 stands for trials without reports.
  private func budget(_ history: [Observation], _ needed: Int) -> Int? {
    let lengths = history.filter(\.isFinished).map { $0.reports.last?.step ?? 0 }.sorted(by: >)
    return lengths.count >= needed ? lengths[needed - 1] : nil
  }
}
