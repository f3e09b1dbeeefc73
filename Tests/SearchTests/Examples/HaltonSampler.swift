import LinearAlgebra
import Search
import Vocabulary

/// Points of a randomly shifted Halton sequence: dimension k counts in the k-th prime.
package struct HaltonSampler: Sampler {
  package static let syntax = Syntax(
    "halton", "points of a shifted Halton sequence: random search with small gaps",
    source: "Halton 1960; shift of Cranley and Patterson 1976", example: "tune sampler=halton")
  static let use = SamplerUse("a first look at a space of few parameters.", trials: "10 to 100", objectives: .none)
  static let entry = Samplers.Entry(syntax, use: use) { _ in HaltonSampler() }

  package var looksBack: Bool { false }

  package func suggest(_ request: SamplingRequest) -> Suggestion? {
    // A point that was tried before, or that breaks a rule of the space, gives way to a random one.
    guard request.attempt == 0 else { return RandomSampler().suggest(request) }
    var shift = RandomStream(seed: request.seed, "halton")
    let uniform = Self.primes(request.space.parameters.count).map { prime in
      (Self.radicalInverse(request.number + 1, base: prime) + shift.uniform()).truncatingRemainder(dividingBy: 1)
    }
    let point = UnitCube(request.space).drawn(uniform)
    return request.space.isFeasible(point) ? Suggestion(point) : RandomSampler().suggest(request)
  }

  /// The digits of `index` in a base, mirrored at the point: 6 is 110 in base 2 and gives .011, which is 0.375.
  static func radicalInverse(_ index: Int, base: Int) -> Double {
    var (rest, scale, sum) = (index, 1 / Double(base), 0.0)
    while rest > 0 {
      sum += Double(rest % base) * scale
      rest /= base
      scale /= Double(base)
    }
    return sum
  }

  private static func primes(_ count: Int) -> [Int] {
    var found: [Int] = []
    var next = 2
    while found.count < count {
      if found.allSatisfy({ next % $0 != 0 }) { found.append(next) }
      next += 1
    }
    return found
  }
}
