import LinearAlgebra
import Vocabulary

/// Points of a scrambled Sobol sequence: random search that leaves no gaps.
package struct QMCSampler: Sampler {
  package static let syntax = Syntax(
    "qmc", "points of a scrambled Sobol sequence: random search that leaves no gaps",
    source: "Sobol 1967; directions of Joe and Kuo 2008; scrambling of Owen 1995", example: "tune sampler=qmc")
  static let use = SamplerUse(
    "a first look at a space: covers it more evenly than random search.", trials: "10 to 100",
    objectives: .none)
  static let entry = Samplers.Entry(syntax, use: use) { _ in QMCSampler() }

  package init() {}

  package var looksBack: Bool { false }

  package func suggest(_ request: SamplingRequest) -> Suggestion? {
    // A point that has been tried before (or is infeasible) gives way to a random one: the sequence's place is the trial's number.
    guard request.attempt == 0 else { return RandomSampler().suggest(request) }
    let point = Self.point(request.number, request.space, seed: request.seed)
    return request.space.isFeasible(point) ? Suggestion(point) : RandomSampler().suggest(request)
  }

  /// Configuration number `index` of a space's sequence; parameters after the 64th are drawn independently.
  static func point(_ index: Int, _ space: Space, seed: UInt64) -> Point {
    var random = RandomStream(seed: seed, "sobol")
    let cube = UnitCube(space)
    let dimensions = min(cube.axes.count, SobolSequence.maxDimensions)
    let seeds = (0..<dimensions).map { _ in UInt32(truncatingIfNeeded: random.next()) }
    var uniform = SobolSequence(dimensions: dimensions, scramble: seeds).point(index)
    var rest = RandomStream(seed: seed, "sobol", index)
    while uniform.count < cube.axes.count { uniform.append(rest.uniform()) }
    return cube.drawn(uniform)
  }
}
