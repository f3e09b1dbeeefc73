import Foundation
import Search
import Storage
import Studies
import Synchronization
import Testing
import Vocabulary

@Suite struct DeterminismTests {
  static let samplers = Samplers.all.map(\.syntax.name)

  @Test(arguments: samplers, [1, 3])
  func `the table does not depend on how the threads fall`(sampler: String, parallel: Int) throws {
    let plain = try makeStudy(sampler: Call(sampler), seed: 5)
    try plain.run(RunLimits(trials: 16, parallel: parallel), objective: curve)
    for _ in 0..<2 {
      let shaken = try makeStudy(sampler: Call(sampler), seed: 5)
      try shaken.run(RunLimits(trials: 16, parallel: parallel), objective: delayed(curve))
      #expect(firstDifference(table(shaken), table(plain)) == nil)
    }
  }

  @Test(arguments: samplers, [1, 3])
  func `an interrupted study goes on as the unbroken one`(sampler: String, parallel: Int) throws {
    let unbroken = try makeStudy(sampler: Call(sampler), pruner: Call("median"), seed: 2)
    try unbroken.run(RunLimits(trials: 15, parallel: parallel), objective: curve)

    let broken = try makeStudy(sampler: Call(sampler), pruner: Call("median"), seed: 2)
    for stopAfter in [3, 3, 4] {
      let finished = Mutex(0)
      try broken.run(
        RunLimits(trials: 15, parallel: parallel), objective: stopping(delayed(curve)),
        onEvent: { if case .finished = $0 { finished.withLock { $0 += 1 } } },
        isCancelled: { finished.withLock { $0 } >= stopAfter })
    }
    let missing = 15 - broken.trials.count { $0.state != .waiting }
    try broken.run(RunLimits(trials: missing, parallel: parallel), objective: delayed(curve))
    #expect(firstDifference(table(broken), table(unbroken)) == nil)
  }

  /// Every pruner, with options under which it prunes some of the curves.
  static let pruners = [
    Call("median"), Call("percentile", [.init("percentile", .float(40)), .init("startup", .int(2))]),
    Call("asha", [.init("factor", .int(2)), .init("min_resource", .int(1))]),
    Call("hyperband", [.init("max_resource", .int(5)), .init("factor", .int(2))]),
    Call("patient", [.init("patience", .int(1)), .init("pruner", .text("median"))]),
    Call("threshold", [.init("upper", .float(4))]), Call("wilcoxon"),
  ]

  @Test(arguments: pruners, [1, 3])
  func `pruning decisions do not depend on the threads, on an interrupt or on a restart`(pruner: Call, parallel: Int)
    throws
  {
    let unbroken = try makeStudy(sampler: Call("tpe"), pruner: pruner, seed: 8)
    try unbroken.run(RunLimits(trials: 30, parallel: parallel), objective: waving)
    // A patient pruner forgives, so few curves are enough for it; the others must have something to decide.
    #expect(unbroken.trials.contains { $0.state == .pruned })
    #expect(unbroken.trials.contains { $0.state == .complete })

    let path = NSTemporaryDirectory() + "attune-\(UUID().uuidString).db"
    _ = try makeStudy(sampler: Call("tpe"), pruner: pruner, seed: 8, in: SQLiteStorage(path: path))
    for stopAfter in [5, 7, 6] {
      let study = try Study.open(named: "study", in: SQLiteStorage(path: path))
      let finished = Mutex(0)
      try study.run(
        RunLimits(trials: 30, parallel: parallel), objective: stopping(delayed(waving)),
        onEvent: { if case .finished = $0 { finished.withLock { $0 += 1 } } },
        isCancelled: { finished.withLock { $0 } >= stopAfter })
    }
    let study = try Study.open(named: "study", in: SQLiteStorage(path: path))
    let missing = 30 - study.trials.count { $0.state != .waiting }
    try study.run(RunLimits(trials: missing, parallel: parallel), objective: delayed(waving))
    #expect(firstDifference(table(study), table(unbroken)) == nil)
  }

  @Test func `another seed gives another table`() throws {
    let (a, b) = (try makeStudy(seed: 1), try makeStudy(seed: 2))
    for study in [a, b] { try study.run(RunLimits(trials: 5), objective: curve) }
    #expect(table(a) != table(b))
  }

  @Test func `two calls are one longer call`() throws {
    let (one, two) = (try makeStudy(seed: 3), try makeStudy(seed: 3))
    try one.run(RunLimits(trials: 20, parallel: 3), objective: delayed(curve))
    for _ in 0..<4 { try two.run(RunLimits(trials: 5, parallel: 3), objective: delayed(curve)) }
    #expect(firstDifference(table(one), table(two)) == nil)
  }

  /// Looks at the interruption as a trainer does, before each report.
  private func stopping(_ objective: @escaping Objective) -> Objective {
    { trial in
      if trial.isCancelled { throw TrialCancelled() }
      let result = try objective(trial)
      if trial.isCancelled && trial.number % 2 == 0 { throw TrialCancelled() }
      return result
    }
  }
}
