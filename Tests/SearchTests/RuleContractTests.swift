import LinearAlgebra
import Search
import Testing
import Vocabulary

/// Rules of a space are kept by every registered sampler.
@Suite struct RuleContractTests {
  static let names = Samplers.all.map(\.syntax.name)

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let space: Space
  }

  private static func ints(_ names: [String], _ high: Int, _ rules: [Constraint]) -> Space {
    Space(names.map { Parameter($0, in: .int(low: 0, high: high)) }, subjectTo: rules)
  }

  private static func number(_ name: String) -> @Sendable (Point) -> Double { { $0[name]?.number ?? 0 } }

  /// Loose and tight sums and products, an equality, names that are not always active, choices, and real numbers.
  static let cases: [Case] = [
    Case(
      testDescription: "a loose sum",
      space: ints(["a", "b", "c"], 100, [Constraint("a + b + c <= 150") { sum($0, ["a", "b", "c"]) - 150 }])),
    Case(
      testDescription: "a tight sum",
      space: ints(["a", "b", "c"], 500, [Constraint("a + b + c == 1000") { abs(sum($0, ["a", "b", "c"]) - 1000) }])),
    Case(
      testDescription: "a tight product",
      space: ints(
        ["a", "b"], 512, [Constraint("a * b <= 20") { ($0["a"]?.number ?? 0) * ($0["b"]?.number ?? 0) - 20 }])),
    Case(
      testDescription: "falling widths of layers that are there",
      space: Space(
        [
          Parameter("layers", in: .int(low: 1, high: 3)), Parameter("n0", in: .int(low: 16, high: 256)),
          Parameter("n1", in: .int(low: 16, high: 256), when: .compare("layers", .greaterOrEqual, .int(2))),
          Parameter("n2", in: .int(low: 16, high: 256), when: .compare("layers", .greaterOrEqual, .int(3))),
        ], subjectTo: [falling("n1", "n0"), falling("n2", "n1")])),
    Case(
      testDescription: "a choice and a rate",
      space: Space(
        [
          Parameter("kind", in: .categorical([.text("a"), .text("b"), .text("c")], ordered: false)),
          Parameter("rate", in: .float(low: 1e-6, high: 1, log: true)),
          Parameter("share", in: .float(low: 0, high: 1, step: 0.05)),
        ],
        subjectTo: [
          Constraint("kind != a") { $0["kind"] == .text("a") ? 1 : 0 },
          Constraint("rate <= 1e-5") { ($0["rate"]?.number ?? 0) - 1e-5 },
          Constraint("share >= 0.95") { 0.95 - ($0["share"]?.number ?? 0) },
        ])),
    Case(
      testDescription: "real numbers that add up",
      space: Space(
        [Parameter("x", in: .float(low: 0, high: 1)), Parameter("y", in: .float(low: 0, high: 1))],
        subjectTo: [Constraint("x + y == 1") { max(0, abs(sum($0, ["x", "y"]) - 1) - 1e-9) }])),
  ]

  private static func sum(_ point: Point, _ names: [String]) -> Double {
    names.reduce(0) { $0 + (point[$1]?.number ?? 0) }
  }

  private static func falling(_ name: String, _ above: String) -> Constraint {
    Constraint("\(name) <= \(above)") { point, inactive in
      inactive.contains(name) || inactive.contains(above)
        ? 0 : (point[name]?.number ?? 0) - (point[above]?.number ?? 0)
    }
  }

  @Test(arguments: names, cases)
  func `every suggestion keeps the rules`(name: String, rules: Case) throws {
    // A grid of real numbers has its own points, and those of a tight sum are none of them.
    let isGrid = name == "grid"
    let sampler = try Samplers.make(Call(name, isGrid ? [Call.Named("points", .int(21))] : []))
    var history: [Observation] = []
    var distinct: Set<Point> = []
    for number in 0..<24 {
      let request = SamplingRequest(
        number: number, space: rules.space, directions: [.minimize], history: history, seed: 5, planned: 24)
      guard let suggestion = try sampler.feasibleSuggestion(request) else { break }
      #expect(rules.space.violations(of: suggestion.point).allSatisfy { $0 <= 0 }, "\(number): \(suggestion.point)")
      #expect(isGrid || rules.space.contains(suggestion.point))
      distinct.insert(suggestion.point)
      // A value that draws the search to where the rules are broken.
      let value = -suggestion.point.values.reduce(0) { $0 + ($1.number ?? 0) }
      history.append(
        Observation(number: number, state: .complete, point: suggestion.point, values: [value], reports: [(1, value)]))
    }
    #expect(distinct.count > 3)
  }

  @Test(arguments: names)
  func `a rule that nothing keeps is named`(name: String) throws {
    let space = Self.ints(["a"], 500, [Constraint("a + a == 3") { abs(2 * ($0["a"]?.number ?? 0) - 3) }])
    let error = #expect(throws: SearchError.self) {
      _ = try Samplers.make(Call(name)).feasibleSuggestion(
        SamplingRequest(number: 0, space: space, directions: [.minimize], history: [], seed: 1))
    }
    #expect(error?.message.contains("'a + a == 3'") == true)
  }

  @Test func `a value that is asked for is active`() throws {
    let space = Space([
      Parameter("optimizer", in: .categorical([.text("sgd"), .text("adam")], ordered: false)),
      Parameter("momentum", in: .float(low: 0, high: 1), when: .compare("optimizer", .equal, .text("sgd"))),
    ])
    for seed in 0..<20 {
      let request = SamplingRequest(
        number: 0, space: space, directions: [.minimize], history: [], seed: UInt64(seed))
      let point = try #require(RandomSampler().completing(["momentum": .float(0.9)], for: request)).point
      #expect(point == ["optimizer": .text("sgd"), "momentum": .float(0.9)])
    }
  }
}
