import Search
import Testing
import Vocabulary

/// What samplers declare about themselves is what they do.
@Suite struct SamplerUseTests {
  private static let space = Space([
    Parameter("x", in: .float(low: 0, high: 1)), Parameter("y", in: .float(low: 0, high: 1)),
  ])

  /// 64 trials on a lattice, with the values that `values` gives to a point.
  private func history(_ values: (Double, Double) -> [Double]) -> [Observation] {
    (0..<64).map { number in
      let (x, y) = (Double(number % 8) / 7, Double(number / 8) / 7)
      let shown = values(x, y)
      return Observation(
        number: number, state: .complete, point: ["x": .float(x), "y": .float(y)], values: shown,
        reports: [(1, shown[0])])
    }
  }

  private func suggestions(_ name: String, _ history: [Observation], objectives: Int) throws -> [Point?] {
    let sampler = try Samplers.make(Call(name))
    return (64..<80).map { number in
      sampler.suggest(
        SamplingRequest(
          number: number, space: Self.space, directions: Array(repeating: .minimize, count: objectives),
          history: history, seed: 3))?.point
    }
  }

  @Test(arguments: Samplers.all.map(\.syntax.name))
  func `a sampler that learns depends on the values, another does not`(name: String) throws {
    let use = try #require(Samplers.all.first { $0.syntax.name == name }).use
    let low = try suggestions(name, history { x, y in [x + y] }, objectives: 1)
    let high = try suggestions(name, history { x, y in [-x - 2 * y] }, objectives: 1)
    #expect((low != high) == use.learns)
  }

  @Test(arguments: Samplers.all.map(\.syntax.name))
  func `a sampler for all objectives depends on the second`(name: String) throws {
    let use = try #require(Samplers.all.first { $0.syntax.name == name }).use
    let together = try suggestions(name, history { x, y in [x, y * y - x] }, objectives: 2)
    let against = try suggestions(name, history { x, y in [x, 1 - x - y] }, objectives: 2)
    #expect((together != against) == (use.objectives == .all))
  }

  @Test func `every sampler has a sentence of its own`() {
    #expect(Set(Samplers.all.map(\.use.when)).count == Samplers.all.count)
    for entry in Samplers.all { #expect(entry.use.when.hasSuffix(".") && !entry.use.trials.isEmpty) }
  }
}
