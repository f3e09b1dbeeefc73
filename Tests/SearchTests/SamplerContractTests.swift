import Foundation
import LinearAlgebra
import Search
import Testing
import Vocabulary

/// What every registered sampler owes.
@Suite struct SamplerContractTests {
  static let names = Samplers.all.map(\.syntax.name)

  static let conditional = Space([
    Parameter("rate", in: .float(low: 1e-5, high: 1, log: true)),
    Parameter("layers", in: .int(low: 0, high: 3)),
    Parameter(
      "width", in: .categorical([.int(64), .int(128), .int(256)], ordered: true),
      when: .compare("layers", .greater, .int(0))),
    Parameter("optimizer", in: .categorical([.text("sgd"), .text("adam")], ordered: false)),
    Parameter(
      "momentum", in: .float(low: 0, high: 0.9, step: 0.1),
      when: .and(.compare("optimizer", .equal, .text("sgd")), .compare("layers", .greaterOrEqual, .int(2)))),
    Parameter("size", in: .int(low: 1, high: 1000, log: true)),
    Parameter("only", in: .int(low: 4, high: 4)),
    Parameter("factor", in: .int(low: 16, high: 100, step: 16)),
  ])

  static func wide(_ count: Int) -> Space {
    Space(
      (0..<count).map { index in
        let domain: Domain =
          switch index % 5 {
          case 0: .float(low: -1, high: 1)
          case 1: .int(low: 0, high: 9)
          case 2: .float(low: 1e-4, high: 10, log: true)
          case 3: .categorical([.text("a"), .text("b"), .text("c")], ordered: false)
          default: .float(low: 0, high: 1, step: 0.25)
          }
        return Parameter("p\(index)", in: domain)
      })
  }

  /// Trials of all states with values that repeat, are infinite or missing.
  static func history(_ count: Int, _ space: Space, objectives: Int = 1) -> [Observation] {
    var random = RandomStream(seed: 7, "history")
    return (0..<count).map { number in
      let point = space.configuration { $0.domain.draw(&random) }
      let kind = random.uniform()
      let value = [1.0, 2.0, .infinity, -.infinity, 0.5, random.uniform()][random.below(6)]
      var trial = Observation(
        number: number, state: .complete, point: point, values: (0..<objectives).map { value + Double($0) },
        reports: [(1, value), (2, .nan)])
      if kind < 0.15 { (trial.state, trial.values) = (.failed, []) }
      if kind > 0.9 { (trial.state, trial.values) = (.running, []) }
      if kind > 0.8 && kind < 0.9 {
        trial.state = .pruned
        trial.values = value.isFinite ? [value] : []
      }
      return trial
    }
  }

  private func ask(
    _ name: String, _ space: Space, _ history: [Observation], directions: [Direction] = [.minimize], seed: UInt64 = 3,
    attempt: Int = 0
  ) throws -> Point? {
    try Samplers.make(Call(name)).suggest(
      SamplingRequest(
        number: history.count, space: space, directions: directions, history: history, seed: seed, attempt: attempt))?
      .point
  }

  @Test(arguments: Samplers.all.map(\.syntax.name))
  func `a sampler that says so does not look back`(name: String) throws {
    let sampler = try Samplers.make(Call(name))
    if sampler.looksBack { return }
    let history = Self.history(40, Self.conditional)
    func request(_ history: [Observation]) -> SamplingRequest {
      SamplingRequest(number: 40, space: Self.conditional, directions: [.minimize], history: history, seed: 3)
    }
    #expect(sampler.suggest(request(history))?.point == sampler.suggest(request([]))?.point)
  }

  @Test(arguments: names, [0, 1, 11, 40])
  func `suggestions are configurations of the space, conditions respected`(name: String, count: Int) throws {
    let history = Self.history(count, Self.conditional)
    for attempt in [0, 3] {
      let point = try #require(try ask(name, Self.conditional, history, attempt: attempt))
      if name != "grid" { #expect(Self.conditional.contains(point), "\(point)") }
    }
  }

  @Test(arguments: names)
  func `the same request has the same answer, another seed another`(name: String) throws {
    let history = Self.history(40, Self.conditional)
    #expect(try ask(name, Self.conditional, history) == ask(name, Self.conditional, history))
    // A grid draws nothing, and a member of a population that does well goes on as it is.
    if name == "grid" || name == "pbt" { return }
    // Where a Gaussian process is sure, it finds the same maximum from every seed: it is asked while it still explores.
    let shown = name == "gp" ? Array(history.prefix(3)) : history
    let others = try (10..<14).map { try ask(name, Self.conditional, shown, seed: $0) }
    #expect(others.contains { $0 != others[0] })
  }

  @Test(arguments: names, [1, 2, 50])
  func `one parameter or fifty`(name: String, parameters: Int) throws {
    let space = Self.wide(parameters)
    for count in [0, 30] {
      let point = try #require(try ask(name, space, Self.history(count, space)))
      #expect(name == "grid" || space.contains(point))
    }
  }

  @Test(arguments: names.filter { $0 != "grid" })
  func `two thousand trials`(name: String) throws {
    let space = Self.wide(4)
    // A Gaussian process over all of them is for optimised builds.
    let options = name == "gp" ? [Call.Named("window", .int(60))] : []
    let request = SamplingRequest(
      number: 2000, space: space, directions: [.minimize], history: Self.history(2000, space), seed: 3)
    let suggestion = try #require(try Samplers.make(Call(name, options)).suggest(request))
    #expect(space.contains(suggestion.point))
  }

  @Test(arguments: names)
  func `several objectives`(name: String) throws {
    let history = Self.history(60, Self.conditional, objectives: 2)
    #expect(try ask(name, Self.conditional, history, directions: [.minimize, .maximize]) != nil)
  }

  @Test(arguments: names)
  func `equal values and failed trials only`(name: String) throws {
    let space = Self.wide(3)
    let equal = Self.history(30, space).map { trial in
      var trial = trial
      if trial.state == .complete { trial.values = [1] }
      return trial
    }
    let failed = Self.history(30, space).map { trial in
      var trial = trial
      (trial.state, trial.values) = (.failed, [])
      return trial
    }
    for history in [equal, failed] { #expect(try ask(name, space, history) != nil) }
  }

  @Test(arguments: names)
  func `ranges that were wider, narrower or other choices before`(name: String) throws {
    let before = Space([
      Parameter("rate", in: .float(low: 1e-8, high: 100, log: true)), Parameter("layers", in: .int(low: -3, high: 40)),
      Parameter("kind", in: .categorical([.text("a"), .text("b"), .text("z")], ordered: false)),
      Parameter("width", in: .categorical([.int(1), .int(256)], ordered: true)),
    ])
    let now = Space([
      Parameter("rate", in: .float(low: 1e-4, high: 1e-2, log: true)), Parameter("layers", in: .int(low: 2, high: 5)),
      Parameter("kind", in: .categorical([.text("b"), .text("c")], ordered: false)),
      Parameter("width", in: .categorical([.int(64), .int(128), .int(256)], ordered: true)),
    ])
    for count in [1, 12, 40] {
      let point = try #require(try ask(name, now, Self.history(count, before)))
      #expect(name == "grid" || now.contains(point), "\(point)")
    }
  }

  @Test func `a Gaussian process keeps away from where trials fail`() throws {
    let space = Space([Parameter("x", in: .float(low: 0, high: 1)), Parameter("y", in: .float(low: 0, high: 1))])
    var history: [Observation] = []
    for number in 0..<40 {
      let point = try #require(try ask("gp", space, history)).self
      let (x, y) = (point["x"]!.number!, point["y"]!.number!)
      // Better towards the right, and from 0.7 on it fails.
      history.append(
        Observation(
          number: number, state: x > 0.7 ? .failed : .complete, point: point, values: x > 0.7 ? [] : [1 - x + y * y / 9]
        ))
    }
    #expect(history.suffix(25).count { $0.state == .failed } < 13)
    #expect(history.flatMap(\.values).min()! < 0.33)
  }

  @Test(arguments: names.filter { $0 != "grid" })
  func `a constraint is kept where it can be`(name: String) throws {
    var space = Self.wide(4)
    space.constraints = [Constraint("p1 <= 4") { ($0["p1"]?.number ?? 0) - 4 }]
    for count in [0, 5, 40] {
      let point = try #require(try ask(name, space, Self.history(count, space)))
      #expect(space.isFeasible(point))
    }
  }

  @Test(arguments: names.filter { !["grid", "random", "qmc"].contains($0) })
  func `learns: a bowl's bottom is found better than by chance`(name: String) throws {
    let space = Space([
      Parameter("x", in: .float(low: -5, high: 5)), Parameter("y", in: .float(low: -5, high: 5)),
      Parameter("kind", in: .categorical([.text("a"), .text("b"), .text("c")], ordered: false)),
    ])
    func bowl(_ p: Point) -> Double {
      let (x, y) = (p["x"]!.number! - 1, p["y"]!.number! + 2)
      return x * x + y * y + (p["kind"] == .text("b") ? 0 : 3)
    }
    let isGenetic = name == "evolution" || name == "nsga2"
    let trials = isGenetic ? 90 : 45
    func best(_ name: String, _ seed: UInt64) throws -> Double {
      // Generations must be short for few trials to have some.
      let options = ["evolution", "nsga2"].contains(name) ? [Call.Named("population", .int(8))] : []
      let sampler = try Samplers.make(Call(name, options))
      var history: [Observation] = []
      for number in 0..<trials {
        let request = SamplingRequest(
          number: number, space: space, directions: [.minimize], history: history, seed: seed)
        let point = sampler.suggest(request)!.point
        history.append(
          Observation(
            number: number, state: .complete, point: point, values: [bowl(point)], reports: [(1, bowl(point))]))
      }
      return history.map { $0.values[0] }.min()!
    }
    let ours = try (0..<3).map { try best(name, $0) }.sorted()[1]
    let chance = try (0..<3).map { try best("random", $0) }.sorted()[1]
    #expect(ours < chance)
  }
}
