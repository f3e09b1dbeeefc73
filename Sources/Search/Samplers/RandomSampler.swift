import LinearAlgebra
import Vocabulary

/// Draws every parameter independently and uniformly (in the logarithm where it is said so).
package struct RandomSampler: Sampler {
  package static let syntax = Syntax(
    "random", "draws every parameter independently", source: "Bergstra and Bengio 2012", example: "tune sampler=random")
  static let entry = Samplers.Entry(syntax) { _ in RandomSampler() }

  package init() {}

  package var looksBack: Bool { false }

  package func suggest(_ request: SamplingRequest) -> Suggestion? {
    var random = request.stream("random")
    return Suggestion(request.space.randomPoint(&random))
  }
}

extension Space {
  /// A uniform draw of a feasible configuration; where a thousand draws find none, the least infeasible of them.
  func randomPoint(_ random: inout some UniformSource) -> Point {
    var best: (point: Point, violation: Double)?
    for _ in 0..<1000 {
      let point = configuration { $0.domain.draw(&random) }
      if constraints.isEmpty { return point }
      let violation = violations(of: point).reduce(0) { $0 + ($1 > 0 ? $1 : $1.isNaN ? .infinity : 0) }
      if violation == 0 { return point }
      if best == nil || violation < best!.violation { best = (point, violation) }
    }
    return best!.point
  }
}
