import Search
import Testing
import Vocabulary

/// The sampler of `docs/contributing/add-a-sampler.md`.
@Suite struct HaltonSamplerTests {
  /// scipy.stats.qmc.Halton(d=2, scramble=False).random(7)[1:]
  static let halves = [0.5, 0.25, 0.75, 0.125, 0.625, 0.375]
  static let thirds = [
    0.3333333333333333, 0.6666666666666666, 0.1111111111111111, 0.4444444444444444, 0.7777777777777777,
    0.2222222222222222,
  ]

  @Test func `the sequence is Halton's`() {
    for index in 1...6 {
      #expect(abs(HaltonSampler.radicalInverse(index, base: 2) - Self.halves[index - 1]) < 1e-12)
      #expect(abs(HaltonSampler.radicalInverse(index, base: 3) - Self.thirds[index - 1]) < 1e-12)
    }
  }

  @Test func `suggestions are configurations of the space, the same for the same request`() throws {
    let space = SamplerContractTests.conditional
    for number in 0..<30 {
      let request = SamplingRequest(number: number, space: space, directions: [.minimize], history: [], seed: 3)
      let point = try #require(HaltonSampler().suggest(request)?.point)
      #expect(space.contains(point))
      #expect(HaltonSampler().suggest(request)?.point == point)
    }
  }

  @Test func `eight points of one number are spread over the range`() throws {
    let space = Space([Parameter("x", in: .float(low: 0, high: 1))])
    let quarters = try (0..<8).map { number in
      let request = SamplingRequest(number: number, space: space, directions: [.minimize], history: [], seed: 3)
      return Int(try #require(HaltonSampler().suggest(request)?.point["x"]?.number) * 4)
    }
    // Numbers 1 to 8, shifted: each quarter has two or three of them.
    for quarter in 0..<4 { #expect((1...3).contains(quarters.count { $0 == quarter })) }
  }
}
