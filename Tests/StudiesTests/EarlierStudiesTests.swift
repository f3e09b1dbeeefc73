import Search
import Storage
import Studies
import Testing
import Vocabulary

/// A study that begins with what earlier ones have found.
@Suite struct EarlierStudiesTests {
  private static let samplers = Samplers.all.map { Call($0.syntax.name) }

  /// A storage with a finished study "a" of the bowl, turned over or not.
  private static func storage(sign: Double = 1) throws -> MemoryStorage {
    let storage = MemoryStorage()
    let study = try makeStudy(sampler: Call("qmc"), in: storage, named: "a")
    try study.run(RunLimits(trials: 40), objective: { [sign * bowl($0.point)] })
    return storage
  }

  private static func study(
    _ sampler: Call = Call("random"), like names: [String] = ["a"], space: Space = mixedSpace,
    in storage: any StudyStorage, named name: String = "b"
  ) throws -> Study {
    var settings = StudySettings(sampler: sampler, seed: 3, space: space)
    settings.earlier = try EarlierStudies.read(names, for: name, in: storage)
    return try Study.create(named: name, settings, in: storage)
  }

  @Test(arguments: samplers)
  func beginsWithTheBest(_ sampler: Call) throws {
    let storage = try Self.storage()
    let best = try #require(try Study.open(named: "a", in: storage).best)
    let study = try Self.study(sampler, in: storage)
    try study.run(RunLimits(trials: 3), objective: { [bowl($0.point)] })
    #expect(study.trials[0].point == best.point)
    #expect(study.trials[1].point != best.point)
  }

  @Test(arguments: samplers)
  func continuesTheSameAfterABreakAndWithoutTheEarlierStudy(_ sampler: Call) throws {
    let whole = try Self.study(sampler, in: Self.storage())
    try whole.run(RunLimits(trials: 14), objective: { [bowl($0.point)] })
    let storage = try Self.storage()
    try Self.study(sampler, in: storage).run(RunLimits(trials: 2), objective: { [bowl($0.point)] })
    try storage.deleteStudy(#require(try storage.study(named: "a")).id)
    let again = try Study.open(named: "b", in: storage)
    try again.run(RunLimits(trials: 12), objective: { [bowl($0.point)] })
    #expect(firstDifference(table(whole), table(again)) == nil)
  }

  @Test(arguments: [2, 4])
  func doesNotDependOnThreads(_ parallel: Int) throws {
    let tables = try (0..<2).map { _ in
      let study = try Self.study(Call("tpe"), in: Self.storage())
      try study.run(RunLimits(trials: 14, parallel: parallel), objective: delayed { [bowl($0.point)] })
      return table(study)
    }
    #expect(firstDifference(tables[0], tables[1]) == nil)
  }

  /// As many of the earlier study's configurations as are tried among the first trials.
  private func transferred(_ sign: Double) throws -> Int {
    let storage = try Self.storage(sign: sign)
    let study = try Self.study(in: storage)
    try study.run(RunLimits(trials: 12), objective: { [bowl($0.point)] })
    let known = Set(try Study.open(named: "a", in: storage).trials.map(\.point))
    return study.trials.count { known.contains($0.point) }
  }

  @Test func triesSeveralWhileTheyAreGoodAndOneIfItIsBad() throws {
    #expect(try transferred(1) == EarlierStart.count)
    #expect(try transferred(-1) == 1)
  }

  @Test func takesSeveralStudiesInTurn() throws {
    let storage = try Self.storage()
    let other = try makeStudy(sampler: Call("qmc"), seed: 9, in: storage, named: "c")
    try other.run(RunLimits(trials: 20), objective: { [bowl($0.point)] })
    let study = try Self.study(like: ["c", "a", "c"], in: storage)
    try study.run(RunLimits(trials: 12), objective: { [bowl($0.point)] })
    #expect(study.settings.earlier.map(\.name) == ["c", "a"])
    let points = Set(study.trials.map(\.point))
    for name in ["a", "c"] {
      #expect(points.contains(try #require(try Study.open(named: name, in: storage).best).point))
    }
  }

  @Test func bringsValuesIntoTheNewSpace() throws {
    let storage = try Self.storage()
    let best = try #require(try Study.open(named: "a", in: storage).best).point
    let space = Space([
      Parameter("learning_rate", in: .float(low: 1e-8, high: 1e-7, log: true)),
      Parameter("layers", in: .categorical([.int(1), .int(7)], ordered: true)),
      Parameter("optimizer", in: .categorical([.text("muon"), .text("lion")], ordered: false)),
      Parameter("width", in: .int(low: 4, high: 4096, log: true)),
    ])
    let study = try Self.study(space: space, in: storage)
    try study.run(RunLimits(trials: 1), objective: { _ in [0] })
    let point = study.trials[0].point
    #expect(space.contains(point))
    let layers = try #require(best["layers"]?.number)
    #expect(point["layers"] == .int(abs(layers - 1) <= abs(layers - 7) ? 1 : 7))
  }

  @Test(arguments: [
    ("b", "study 'b' cannot be like itself"), ("gone", "there is no study 'gone'"),
    ("empty", "study 'empty' has no complete trial to begin with"),
    ("other", "study 'other' has no parameter of this space with a value that fits"),
  ])
  func refuses(_ name: String, _ message: String) throws {
    let storage = try Self.storage()
    _ = try makeStudy(in: storage, named: "empty")
    let other = try makeStudy(
      space: Space([Parameter("chi", in: .int(low: 1, high: 4))]), in: storage, named: "other")
    try other.run(RunLimits(trials: 2), objective: { _ in [1] })
    let error = #expect(throws: (any Error).self) { try Self.study(like: [name], in: storage) }
    #expect(String(describing: try #require(error)).contains(message))
    #expect(try storage.study(named: "b") == nil)
  }
}
