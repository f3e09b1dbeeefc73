import LinearAlgebra
import Search
import Testing
import Vocabulary

/// Parameters under a condition go with those outside it.
@Suite struct ConditionalParzenTests {
  private static let always = Parameter("a", in: .float(low: 0, high: 1))

  /// A second parameter under a condition, and one under another that half of the trials do not meet.
  private static let spaces: [(name: String, space: Space)] = [
    (
      "a condition on a set",
      Space([
        always, Parameter("kind", in: .categorical([.text("x"), .text("y")], ordered: false)),
        Parameter("b", in: .float(low: 0, high: 1), when: .compare("kind", .equal, .text("x"))),
        Parameter("c", in: .float(low: 0, high: 1), when: .compare("kind", .equal, .text("y"))),
      ])
    ),
    (
      "a condition on an int",
      Space([
        always, Parameter("layers", in: .int(low: 1, high: 2)),
        Parameter("b", in: .float(low: 0, high: 1), when: .compare("layers", .greater, .int(1))),
      ])
    ),
    (
      "a condition beside another",
      Space([
        always, Parameter("other", in: .categorical([.text("x"), .text("y")], ordered: false)),
        Parameter("kind", in: .categorical([.text("x"), .text("y")], ordered: false)),
        Parameter("c", in: .float(low: 0, high: 1), when: .compare("other", .equal, .text("x"))),
        Parameter("b", in: .float(low: 0, high: 1), when: .compare("kind", .equal, .text("x"))),
      ])
    ),
  ]

  /// Random trials that are good where `a` and `b` are both low or both high.
  private static func history(_ space: Space) -> [Observation] {
    (0..<300).map { number in
      let request = SamplingRequest(number: number, space: space, directions: [.minimize], history: [], seed: 1)
      let point = RandomSampler().suggest(request)!.point
      let (a, b) = (point["a"]!.number!, point["b"]?.number)
      let value = b.map { b in min(abs(a - 0.1) + abs(b - 0.1), abs(a - 0.9) + abs(b - 0.9)) } ?? 2
      return Observation(number: number, state: .complete, point: point, values: [value])
    }
  }

  @Test(arguments: ["tpe", "bohb"], spaces.indices)
  func goesWithTheValueOutside(_ sampler: String, _ place: Int) throws {
    let space = Self.spaces[place].space
    let history = Self.history(space)
    let sampler = try Samplers.make(Call(sampler))
    var together = 0
    var count = 0
    for attempt in 0..<200 {
      let request = SamplingRequest(
        number: 300, space: space, directions: [.minimize], history: history, seed: 1, attempt: attempt)
      let point = try #require(sampler.suggest(request)).point
      guard let b = point["b"]?.number else { continue }
      count += 1
      if (point["a"]!.number! < 0.5) == (b < 0.5) { together += 1 }
    }
    // By chance it is a half.
    #expect(
      count > 40 && Double(together) > 0.85 * Double(count), "\(together) of \(count), \(Self.spaces[place].name)")
  }
}
