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
  static let use = SamplerUse(
    "many epochs per trial: models what hyperband has kept at the largest budget that has enough trials.",
    trials: "50 and more",
    objectives: .first, modelsTogether: true)
  static let entry = Samplers.Entry(syntax, use: use, pruner: Call("hyperband")) {
    BOHBSampler(randomShare: $0.float("random", syntax) ?? 1.0 / 3, candidates: $0.int("candidates", syntax) ?? 64)
  }

  let randomShare: Double
  let candidates: Int

  package func suggest(_ request: SamplingRequest) -> Suggestion? {
    var random = request.stream("bohb")
    guard random.uniform() >= randomShare,
      let split = BOHBSplit(request.history, dimensions: request.space.parameters.count, directions: request.directions)
    else { return RandomSampler().suggestAwayFromFailures(request) }
    let model = TPESampler(startup: 0, candidates: candidates, spread: 3)
    // Where trials fail, nothing good is to be found.
    let bad = (split.bad + request.history.indices.filter { request.history[$0].state == .failed }).sorted()
    return Suggestion(model.suggestion(request, (split.good, bad), &random))
  }
}

/// The trials that BOHB models: those that reached the largest budget which enough of them reached, by their values there.
///
/// Enough are twice as many as one more than there are dimensions. As in the authors' program (HpBandSter 0.7).
package struct BOHBSplit: Sendable {
  /// In steps; 0 stands for trials without reports.
  package let budget: Int
  /// Indices into the history, ascending: the best 15 % at the budget, at least one more than there are dimensions, and the 85 % that follow.
  package let good: [Int]
  package let bad: [Int]

  /// nil where there is no such budget. A value that is not finite stands last. Of several objectives the first one counts.
  package init?(_ history: [Observation], dimensions: Int, directions: [Direction]) {
    let finished = history.indices.filter { history[$0].isFinished }
    let lengths = finished.map { history[$0].reports.last?.step ?? 0 }.sorted(by: >)
    let least = dimensions + 1
    guard lengths.count >= 2 * least else { return nil }
    let budget = lengths[2 * least - 1]
    let reached = finished.compactMap { index -> (key: Double, index: Int)? in
      let trial = history[index]
      let value = budget > 0 ? trial.reports.first { $0.step >= budget }?.value : trial.values.first
      return value.map { ($0.isFinite ? directions[0].key($0) : .infinity, index) }
    }.sorted { ($0.key, $0.index) < ($1.key, $1.index) }
    guard reached.count >= 2 * least else { return nil }
    let best = max(least, reached.count * 15 / 100)
    self.budget = budget
    good = reached.prefix(best).map(\.index).sorted()
    bad = reached.dropFirst(best).prefix(max(least, reached.count * 85 / 100)).map(\.index).sorted()
  }
}
