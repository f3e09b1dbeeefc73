import Foundation
import Search
import Storage
import Studies
import Testing

/// Studies that other programs, and older versions, have made: `Tests/References/studies`.
@Suite struct OtherProgramsTests {
  private static func copy(_ name: String) throws -> SQLiteStorage {
    let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "References/studies/\(name)")
    let path = NSTemporaryDirectory() + "attune-\(UUID().uuidString).db"
    try FileManager.default.copyItem(atPath: source.path, toPath: path)
    return try SQLiteStorage(path: path)
  }

  private static func open(_ storage: SQLiteStorage) throws -> Study {
    let name = try #require(try storage.studies().first).name
    return try Study.open(named: name, in: storage, constraint: { text in Constraint(text) { _ in 0 } })
  }

  @Test func `ints up to the largest are read as they are, and can be looked at`() throws {
    let study = try Self.open(Self.copy("optuna_wide_int.db"))
    #expect(study.trials.count == 8 && study.best != nil)
    let values = study.trials.compactMap { trial -> Int? in
      for case .int(let value) in trial.params.map(\.value) where value > 1 << 53 { return value }
      return nil
    }
    #expect(!values.isEmpty)
  }

  @Test func `a date that is a number leaves the rest of the trial`() throws {
    let storage = try Self.copy("number_as_date.db")
    let study = try Self.open(storage)
    #expect(study.trials.count == 12 && study.best?.values.count == 1)
    #expect(storage.takeDamage().first?.contains("table trials, trial 0: datetime_start is not a date") == true)
  }

  @Test func `numbers with a gap are counted, and asking goes on`() throws {
    let study = try Self.open(Self.copy("gap_in_numbers.db"))
    #expect(study.trials.map(\.number) == Array(0..<8) && study.renumbered.map(\.there) == [15])
    #expect(try study.ask()?.number == 8)
    #expect(try study.ask()?.number == 9)
  }

  @Test func `a new trial of a study with gaps has a number that none has`() throws {
    let storage = try Self.copy("gap_in_numbers.db")
    let study = try Self.open(storage)
    for _ in 0..<3 { _ = try study.ask() }
    try study.enqueue([:])
    let numbers = try storage.trials(of: study.id).map(\.number)
    #expect(Set(numbers).count == numbers.count && numbers.sorted().suffix(4) == [16, 17, 18, 19], "\(numbers)")
    #expect(study.trials.map(\.number) == Array(0..<12))
    #expect(study.renumbered.map(\.here).suffix(4) == [8, 9, 10, 11])
    // Who opens it again sees the same.
    #expect(try Self.open(storage).trials.map(\.number) == Array(0..<12))
  }

  @Test func `what is told of a study that was deleted stays known`() throws {
    let storage = try Self.copy("gap_in_numbers.db")
    let study = try Self.open(storage)
    let asked = try #require(try study.ask())
    let other = try SQLiteStorage(path: storage.place)
    try other.deleteStudy(study.id)
    let error = #expect(throws: StorageError.self) {
      try study.tell(asked.number, .complete(study.directions.map { _ in 0.25 }))
    }
    #expect(error?.isLoss == true, "\(String(describing: error))")
    #expect(throws: StorageError.self) { try study.look() }
    // Not only the first who looks is told.
    #expect(throws: StorageError.self) { try study.look() }
    let memory = MemoryStorage()
    #expect(try study.copy(to: memory) > 0)
  }

  @Test func `a study of the first edition opens with its values and rules`() throws {
    let study = try Self.open(Self.copy("first_edition.db"))
    #expect(study.trials.count == 5 && study.metrics == ["val_loss"] && study.space.constraints.count == 1)
    #expect(study.trials.allSatisfy { $0.configuration == nil } && study.best?.number == 4)
  }

  @Test func `constraints are read in both forms`() throws {
    let storage = try SQLiteStorage(path: NSTemporaryDirectory() + "attune-\(UUID().uuidString).db")
    let id = try storage.createStudy(named: "s", directions: [.minimize], attributes: StoredAttributes())
    for (value, system) in [
      (0.0, ["constraints:c": "0.5", "constraints:d": "-1"]), (1, ["constraints": "[0.25]"]),
      (2, ["constraints:c": "NaN"]), (3, ["constraints:c": "-0.5"]), (4, ["constraints": "[-1, 0]"]),
    ] {
      _ = try storage.add(
        NewTrial(state: .complete, values: [value], attributes: StoredAttributes(system: system)), to: id)
    }
    let study = try Study.open(named: "s", in: storage)
    #expect(study.trials.map(\.isFeasible) == [false, false, false, true, true] && study.best?.number == 3)
    #expect(study.metrics == ["value"])
  }

  @Test(arguments: [1, 2, 3])
  func `there are as many names of values as directions`(count: Int) throws {
    let storage = MemoryStorage()
    let directions = (0..<count).map { _ in StoredDirection.maximize }
    _ = try storage.createStudy(named: "s", directions: directions, attributes: StoredAttributes())
    let study = try Study.open(named: "s", in: storage)
    #expect(study.metrics == (count == 1 ? ["value"] : (0..<count).map { "value_\($0)" }))
    #expect(study.directions == directions.map { _ in .maximize })
  }

  @Test func `choices that are lists are shown, and kept as they are`() throws {
    let storage = try SQLiteStorage(path: NSTemporaryDirectory() + "attune-\(UUID().uuidString).db")
    let id = try storage.createStudy(named: "s", directions: [.minimize], attributes: StoredAttributes())
    let json = #"{"name": "CategoricalDistribution", "attributes": {"choices": [[1, 2], NaN, "a"]}}"#
    let distribution = try #require(StoredDistribution(json: json))
    for index in 0..<3 {
      _ = try storage.add(
        NewTrial(state: .complete, parameters: [.init("x", Double(index), distribution)], values: [Double(index)]),
        to: id)
    }
    let study = try Study.open(named: "s", in: storage)
    #expect(study.trials.map { $0.params[0].value } == [.text("[1, 2]"), .text("NaN"), .text("a")])
    let asked = try #require(try study.ask())
    let kept = try storage.trials(of: id)[asked.number].parameters[0]
    #expect(kept.distribution.json == distribution.json)
  }

  @Test func `an enqueued trial shows its values, and the first report of a step stays`() throws {
    let space = Space([Parameter("x", in: .int(low: 0, high: 100))])
    let study = try Study.create(named: "s", StudySettings(space: space))
    try study.enqueue(["x": .int(17)])
    #expect(study.trials[0].params == [.init("x", .int(17))])
    _ = try study.ask()
    #expect(try study.report(0, step: 23, value: 5).earlier == nil)
    #expect(try study.report(0, step: 23, value: 0.01).earlier == 5)
    #expect(study.trials[0].reports == [.init(step: 23, value: 5)])
  }
}
