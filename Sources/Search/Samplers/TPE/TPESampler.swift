import LinearAlgebra
import Vocabulary

/// Tree-structured Parzen estimator: models good and other configurations by densities l and g and suggests where l/g is largest.
///
/// Parameters that are always active together are modelled jointly; those under a condition by the trials that had them, given the
/// values that the others have been given.
package struct TPESampler: Sampler {
  package static let syntax = Syntax(
    "tpe", "models good and other configurations by densities l and g and takes the candidate with the largest l / g",
    formula: "x = argmax l(x) / g(x) over candidates drawn from l",
    source: "Bergstra et al. 2011; Watanabe 2023 (arXiv 2304.11127); conventions of Optuna 5",
    options: [
      Option("startup", .int(0...100_000), default: .int(10), "random trials before the model is used"),
      Option("candidates", .int(1...100_000), default: .int(24), "candidates drawn from l for each suggestion"),
    ], example: "tune sampler=tpe(startup=10, candidates=24)")
  static let use = SamplerUse(
    "sets of choices, conditions, long studies, many trials side by side: a suggestion is cheap.",
    trials: "30 and more",
    objectives: .all, modelsTogether: true)
  static let entry = Samplers.Entry(syntax, use: use, random: "startup") {
    TPESampler(startup: $0.int("startup", syntax) ?? 10, candidates: $0.int("candidates", syntax) ?? 24)
  }

  let startup: Int
  let candidates: Int
  /// How much wider than they are fitted the good trials' kernels are when candidates are drawn.
  let spread: Double

  package init(startup: Int = 10, candidates: Int = 24, spread: Double = 1) {
    self.startup = startup
    self.candidates = candidates
    self.spread = spread
  }

  package var learnsFromComparable: Bool { true }

  package func suggest(_ request: SamplingRequest) -> Suggestion? {
    let finished = request.history.finishedCount
    guard finished + request.history.failedCount >= startup else { return RandomSampler().suggest(request) }
    var random = request.stream("tpe")
    return Suggestion(model(request, finished: finished, &random))
  }

  /// A suggestion by the model, whatever the number of trials.
  package func model(_ request: SamplingRequest, _ random: inout some UniformSource) -> Point {
    model(request, finished: request.history.finishedCount, &random)
  }

  private func model(_ request: SamplingRequest, finished: Int, _ random: inout some UniformSource) -> Point {
    var split = TPESplit.split(
      request.history, below: TPESplit.belowCount(finished, objectives: request.directions.count),
      directions: request.directions)
    // Where trials fail, nothing good is to be found. (Optuna leaves them out, and suggests the same again.)
    if request.history.failedCount > 0 {
      split.above = (split.above + request.history.indices.filter { request.history[$0].state == .failed }).sorted()
    }
    return suggestion(request, split, &random)
  }

  /// A suggestion from good and other trials, given as indices into the history; feasible where one of twenty draws is.
  func suggestion(
    _ request: SamplingRequest, _ split: (below: [Int], above: [Int]), _ random: inout some UniformSource
  ) -> Point {
    var groups = ParameterGroup.groups(of: request.space)
    let met = groups.count > 1 ? ParameterNames.distinct(in: request.history) : []
    var point: Point = [:]
    for _ in 0..<20 {
      point = draw(request, split, &groups, met, &random)
      if request.space.isFeasible(point) { return point }
    }
    return point
  }

  private func draw(
    _ request: SamplingRequest, _ split: (below: [Int], above: [Int]), _ groups: inout [ParameterGroup],
    _ met: [ParameterNames], _ random: inout some UniformSource
  ) -> Point {
    var seen = request.space.fixed
    var point: Point = [:]
    var drawn: [ParameterGroup] = []
    for index in groups.indices where groups[index].condition?.holds(in: seen) ?? true {
      let context = groups[index].context(drawn, met)
      let values = groups[index].draw(
        candidates, spread: spread, given: context, point, request, split, &random)
      drawn.append(groups[index])
      point.merge(values) { $1 }
      seen.merge(values) { $1 }
    }
    return point
  }
}
