import Foundation
import Search
import Storage
import Studies
import Synchronization
import Testing
import Vocabulary

@Suite struct StudyRunTests {
  @Test func `runs as many trials as asked and finds the best`() throws {
    let study = try makeStudy()
    let summary = try study.run(RunLimits(trials: 30), objective: curve)
    #expect(summary.end == .trials && summary.finished == Array(0..<30))
    let best = try #require(study.best)
    #expect(best.values[0] == study.trials.map { $0.values[0] }.min())
    #expect(study.trials.allSatisfy { study.space.contains($0.point) && $0.reports.count == 5 })
  }

  @Test func `a trial that throws or is not finite fails with a reason and the study goes on`() throws {
    let study = try makeStudy()
    try study.run(RunLimits(trials: 6)) { trial in
      switch trial.number {
      case 1: throw TrialFailed("out of memory")
      case 2: return [.nan]
      case 3: return [-.infinity]
      case 4: return [1, 2]
      default: return [bowl(trial.point)]
      }
    }
    #expect(study.trials.map(\.state) == [.complete, .failed, .failed, .failed, .failed, .complete])
    #expect(
      study.trials.map(\.reason) == [
        nil, "out of memory", "the objective is not a number", "the objective is infinite",
        "the objective gave 2 values where 1 were expected", nil,
      ])
  }

  @Test func `a target ends a run`() throws {
    let study = try makeStudy()
    let summary = try study.run(RunLimits(trials: 50, target: 5)) { [Double(10 - $0.number)] }
    #expect(summary.end == .target && study.trials.count == 6)
  }

  @Test func `stagnation ends a run`() throws {
    let study = try makeStudy()
    let summary = try study.run(RunLimits(trials: 50, stagnation: 7)) { [Double(max(0, 3 - $0.number))] }
    #expect(summary.end == .stagnation && study.trials.count == 3 + 7 + 1)
  }

  @Test func `a timeout starts no more trials`() throws {
    let study = try makeStudy()
    let summary = try study.run(RunLimits(timeout: 1)) { trial in
      usleep(1_100_000)
      return [bowl(trial.point)]
    }
    #expect(summary.end == .timeout && study.trials.count == 1)
  }

  @Test func `an abort ends the run with its error and the trial waits`() throws {
    let study = try makeStudy()
    #expect(throws: StudyError("no such metric")) {
      try study.run(RunLimits(trials: 5)) { trial in
        if trial.number == 2 { throw TrialAbort(StudyError("no such metric")) }
        return [1.0 + Double(trial.number)]
      }
    }
    #expect(study.trials.map(\.state) == [.complete, .complete, .waiting])
    try study.run(RunLimits(trials: 3)) { [Double($0.number)] }
    #expect(study.trials.count == 5 && study.trials.allSatisfy { $0.state == .complete })
  }

  @Test func `a configuration is not tried twice, its value is reused`() throws {
    let space = Space([Parameter("layers", in: .int(low: 1, high: 3))])
    let study = try makeStudy(space: space)
    let calls = Mutex(0)
    try study.run(RunLimits(trials: 8, parallel: 2)) { trial in
      calls.withLock { $0 += 1 }
      usleep(2000)
      for step in 1...3 { _ = try trial.report(step: step, value: trial.point["layers"]!.number! + Double(step)) }
      return [trial.point["layers"]!.number!]
    }
    #expect(calls.withLock { $0 } == 3)
    #expect(Set(study.trials.prefix(3).map(\.point)).count == 3)
    let reused = try #require(study.trials.last)
    #expect(reused.state == .complete && reused.reason?.hasPrefix("same configuration as trial ") == true)
    let first = try #require(study.trials.first { $0.point == reused.point })
    #expect(reused.reports.map(\.value) == first.reports.map(\.value) && reused.reports.count == 3)
    let stored = try #require(try study.storage.trials(of: study.storage.study(named: "study")!.id).last)
    #expect(stored.reports == [1: reused.reports[0].value, 2: reused.reports[1].value, 3: reused.reports[2].value])
  }

  @Test func `a grid ends when it is exhausted`() throws {
    let space = Space([
      Parameter("layers", in: .int(low: 1, high: 3)),
      Parameter("tanh", in: .categorical([.bool(false), .bool(true)], ordered: false)),
    ])
    let study = try makeStudy(sampler: Call("grid"), space: space)
    let summary = try study.run(RunLimits(trials: 100)) { [Double($0.number)] }
    #expect(summary.end == .exhausted && study.trials.count == 6)
    #expect(
      study.trials.map { $0.params.map(\.value.description).joined(separator: " ") }
        == ["1 false", "1 true", "2 false", "2 true", "3 false", "3 true"])
  }

  @Test func `enqueued trials come first, what they leave open is drawn`() throws {
    let study = try makeStudy()
    try study.enqueue(["rate": .float(0.25), "layers": .int(3)])
    #expect(study.trials.map(\.state) == [.waiting])
    try study.run(RunLimits(trials: 2), objective: curve)
    let first = study.trials[0].point
    #expect(first["rate"] == .float(0.25) && first["layers"] == .int(3) && study.space.contains(first))
    #expect(throws: StudyError.self) { try study.enqueue(["width": .int(3)]) }
    #expect(throws: StudyError.self) { try study.enqueue(["layers": .int(9)]) }
  }

  @Test func `ten thousand trials are one study`() throws {
    let study = try makeStudy()
    try study.run(RunLimits(trials: 10_000)) { [bowl($0.point)] }
    #expect(study.trials.count == 10_000 && study.trials.last?.number == 9999)
    let next = try makeStudy()
    try next.run(RunLimits(trials: 100)) { [bowl($0.point)] }
    #expect(zip(next.trials, study.trials).allSatisfy { $0.point == $1.point })
  }
}
