import Foundation
import Search
import Storage
import Studies
import Synchronization
import Testing
import Vocabulary

@Suite struct StoredStudyTests {
  private let path = NSTemporaryDirectory() + "attune-\(UUID().uuidString).db"

  @Test func `a study is opened as it was: space, sampler, pruner, seed and trials`() throws {
    var settings = StudySettings(
      directions: [.minimize], metrics: ["val_loss"], sampler: Call("tpe", [.init("startup", .int(7))]),
      pruner: Call("median", [.init("startup", .int(3))]), seed: 11, space: mixedSpace,
      spaceText: "rate in log(1e-5..1)",
      attributes: ["fixed": "epochs=5"])
    settings.space.constraints = [Constraint("layers <= 3") { ($0["layers"]?.number ?? 0) - 3 }]
    let made = try Study.create(named: "mine", settings, in: SQLiteStorage(path: path))
    try made.run(RunLimits(trials: 15), objective: curve)

    let opened = try Study.open(named: "mine", in: SQLiteStorage(path: path)) { text in
      #expect(text == "layers <= 3")
      return settings.space.constraints[0]
    }
    #expect(firstDifference(table(opened), table(made)) == nil)
    #expect(opened.settings.sampler == settings.sampler && opened.settings.pruner == settings.pruner)
    #expect(opened.space.parameters == mixedSpace.parameters && opened.seed == 11 && opened.metrics == ["val_loss"])
    #expect(opened.settings.spaceText == settings.spaceText && opened.settings.attributes == settings.attributes)
  }

  @Test func `the deviations of a trial of several trainings are kept with it, and given to its repetition`() throws {
    let space = Space([Parameter("x", in: .int(low: 0, high: 1))])
    let made = try Study.create(named: "mine", StudySettings(seed: 2, space: space), in: SQLiteStorage(path: path))
    try made.run(
      RunLimits(trials: 4),
      objective: { trial in
        if trial.number == 1 { throw TrialFailed("no") }
        trial.keep(TrialPrecision(spread: [0.25 + Double(trial.number)]))
        return [1]
      })
    let first = made.trials[0]
    #expect(
      first.spread == [0.25] && made.trials.contains { $0.number > 0 && $0.spread == [0.25] && $0.point == first.point }
    )
    #expect(made.trials.filter { $0.state == .failed }.allSatisfy { $0.spread.isEmpty })
    let opened = try Study.open(named: "mine", in: SQLiteStorage(path: path))
    #expect(opened.trials.map(\.spread) == made.trials.map(\.spread))
  }

  @Test(arguments: ["random", "tpe", "auto"], [1, 2])
  func `a study in a file that is closed and opened goes on as the unbroken one`(sampler: String, parallel: Int) throws
  {
    let unbroken = try makeStudy(sampler: Call(sampler), pruner: Call("median"), seed: 4)
    try unbroken.run(RunLimits(trials: 18, parallel: parallel), objective: curve)
    let path = NSTemporaryDirectory() + "attune-\(UUID().uuidString).db"
    _ = try makeStudy(sampler: Call(sampler), pruner: Call("median"), seed: 4, in: SQLiteStorage(path: path))
    for part in [5, 7, 6] {
      let study = try Study.open(named: "study", in: SQLiteStorage(path: path))
      try study.run(RunLimits(trials: part, parallel: parallel), objective: delayed(curve))
    }
    let study = try Study.open(named: "study", in: SQLiteStorage(path: path))
    #expect(firstDifference(table(study), table(unbroken)) == nil)
  }

  @Test func `a trial whose process is gone waits with the same number and parameters`() throws {
    let storage = try SQLiteStorage(path: path)
    let study = try makeStudy(sampler: Call("tpe"), seed: 9, in: storage)
    try study.run(RunLimits(trials: 12), objective: curve)
    let unbroken = try makeStudy(sampler: Call("tpe"), seed: 9)
    try unbroken.run(RunLimits(trials: 20), objective: curve)

    // A trial is begun and reported, then its owner is written to be a process that has ended.
    let begun = try #require(try study.ask())
    _ = try study.report(begun.number, step: 1, value: 0.5)
    let stored = try storage.trials(of: storage.study(named: "study")!.id)
    let owner = try #require(stored.last?.attributes.system["attune:owner"])
    let other = owner.replacingOccurrences(
      of: #""process":\#(ProcessInfo.processInfo.processIdentifier)"#, with: #""process":999999999"#)
    #expect(other != owner)
    try storage.set(StoredAttributes(system: ["attune:owner": other]), of: stored.last!.id)

    let opened = try Study.open(named: "study", in: SQLiteStorage(path: path))
    #expect(opened.trials[begun.number].state == .waiting)
    try opened.run(RunLimits(trials: 8), objective: curve)
    #expect(opened.trials[begun.number].point == begun.point)
    #expect(firstDifference(table(opened), table(unbroken)) == nil)
  }

  @Test func `another program's running trial is never touched, a living owner's neither`() throws {
    let storage = try SQLiteStorage(path: path)
    let study = try makeStudy(in: storage)
    let id = try storage.study(named: "study")!.id
    _ = try storage.add(NewTrial(state: .running), to: id)
    _ = try study.ask()
    let opened = try Study.open(named: "study", in: SQLiteStorage(path: path))
    #expect(opened.trials.map(\.state) == [.running, .running])
    try opened.run(RunLimits(trials: 3), objective: curve)
    #expect(opened.trials.map(\.state) == [.running, .running, .complete, .complete, .complete])
  }

  @Test func `two workers share a study, none of its trials is lost or done twice`() throws {
    _ = try makeStudy(sampler: Call("tpe"), in: SQLiteStorage(path: path))
    let path = path
    let runs = Mutex<[Int]>([])
    DispatchQueue.concurrentPerform(iterations: 3) { _ in
      do {
        let study = try Study.open(named: "study", in: SQLiteStorage(path: path))
        try study.run(RunLimits(trials: 20)) { trial in
          runs.withLock { $0.append(trial.number) }
          return [bowl(trial.point)]
        }
      } catch { Issue.record(error) }
    }
    let study = try Study.open(named: "study", in: SQLiteStorage(path: path))
    #expect(study.trials.count == 60 && study.trials.allSatisfy { $0.state == .complete })
    #expect(runs.withLock { $0.sorted() } == Array(0..<60))
  }

  @Test func `a study made by another program takes its space from its trials`() throws {
    let storage = try SQLiteStorage(path: path)
    let id = try storage.createStudy(named: "theirs", directions: [.maximize], attributes: StoredAttributes())
    for value in [0.1, 0.2] {
      _ = try storage.add(
        NewTrial(
          state: .complete,
          parameters: [
            StoredParameter("x", value, .float(low: 0, high: 1, step: nil, log: false)),
            StoredParameter("kind", 1, .categorical([.text("a"), .text("b")])),
          ], values: [value]), to: id)
    }
    let study = try Study.open(named: "theirs", in: storage)
    #expect(study.space.parameters.map(\.name) == ["x", "kind"] && study.best?.number == 1)
    #expect(study.trials[0].point == ["x": .float(0.1), "kind": .text("b")])
    try study.run(RunLimits(trials: 2)) { [$0.point["x"]!.number!] }
    #expect(study.trials.count == 4)
  }

  @Test func `ranges may change, parameters may not`() throws {
    let study = try makeStudy()
    try study.run(RunLimits(trials: 3), objective: curve)
    var space = mixedSpace
    space.parameters[1].domain = .int(low: 2, high: 8)
    try study.configure { $0.space = space }
    try study.run(RunLimits(trials: 3), objective: curve)
    #expect(study.trials.count == 6)
    space.parameters[1].domain = .float(low: 2, high: 8)
    #expect(throws: StudyError.self) { try study.configure { $0.space = space } }
    #expect(throws: StudyError.self) {
      try study.configure { $0.space = Space(Array(mixedSpace.parameters.dropLast())) }
    }
  }
}
