import LinearAlgebra
import Vocabulary

/// Draws every parameter independently and uniformly (in the logarithm where it is said so).
package struct RandomSampler: Sampler {
  package static let syntax = Syntax(
    "random", "draws every parameter independently", source: "Bergstra and Bengio 2012", example: "tune sampler=random")
  static let use = SamplerUse(
    "a baseline, or a study whose trials must not depend on one another.", trials: "any number",
    objectives: .none)
  static let entry = Samplers.Entry(syntax, use: use) { _ in RandomSampler() }

  package init() {}

  package var looksBack: Bool { false }

  package func suggest(_ request: SamplingRequest) -> Suggestion? {
    var random = request.stream("random")
    return Suggestion(request.space.randomPoint(&random))
  }
}

extension Space {
  /// A uniform draw of a feasible configuration; if a thousand draws find none, the least infeasible of them.
  ///
  /// What decides about conditions is drawn anew only every fiftieth time: else a network of many layers, whose widths must keep
  /// more rules, would hardly ever be drawn.
  func randomPoint(_ random: inout some UniformSource) -> Point {
    var best: (point: Point, violation: Double)?
    let deciding = constraints.isEmpty ? [] : Set(parameters.flatMap { $0.condition?.names ?? [] })
    var decided: Point = [:]
    for draw in 0..<1000 {
      if draw % 50 == 0 { decided = [:] }
      let point = configuration { decided[$0.name] ?? $0.domain.draw(&random) }
      decided = point.filter { deciding.contains($0.key) }
      if constraints.isEmpty { return point }
      let violation = violation(of: point)
      if violation == 0 { return point }
      if best == nil || violation < best!.violation { best = (point, violation) }
    }
    return best!.point
  }
}
