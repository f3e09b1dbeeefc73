import Foundation
import LinearAlgebra
import Search
import Testing
import Vocabulary

/// Optuna 5.0.0's pruners on recorded curves, as Tests/References/pruners.py recorded them.
@Suite struct PrunerReferenceTests {
  let reference: Reference

  init() throws { reference = try Reference("pruners") }

  @Test func `every decision is Optuna's`() throws {
    for run in reference.list("runs") {
      let text = run["pruner"] as! String
      let pruner = try Pruners.make(call(text))
      let direction = Direction(rawValue: run["direction"] as! String)!
      var history: [Observation] = []
      for (index, recorded) in (run["trials"] as! [[String: Any]]).enumerated() {
        var trial = Observation(number: index, state: .running, point: [:])
        let reports = (recorded["reports"] as! [Any]).map { number($0) ?? .nan }
        for (step, value) in reports.enumerated() {
          trial.reports.append((step + 1, value))
          let isLast = step == reports.count - 1
          let expected = isLast && recorded["pruned"] as! Bool
          let decision = pruner.shouldPrune(
            PruningRequest(trial: trial, history: history, direction: direction, key: "curves"))
          #expect(decision == expected, "\(text) \(direction) trial \(index) step \(step + 1)")
        }
        switch recorded["state"] as! String {
        case "COMPLETE": trial.state = .complete
        case "PRUNED": trial.state = .pruned
        default: trial.state = .failed
        }
        trial.values = number(recorded["value"]).map { [$0] } ?? []
        history.append(trial)
      }
    }
  }

  /// Where a trial's length is known, asha decides after a ninth and four ninths of it, from the first trial on.
  @Test(arguments: [(27, [3, 12]), (10, [1, 4]), (100, [11, 44]), (4, [1, 4])])
  func `asha's steps follow the length of a trial`(steps: Int, rungs: [Int]) throws {
    let pruner = try Pruners.make(Call("asha"))
    func trial(_ number: Int, _ value: Double, _ last: Int) -> Observation {
      Observation(
        number: number, state: last == steps ? .complete : .running, point: [:], reports: (1...last).map { ($0, value) }
      )
    }
    let good = trial(0, 0.1, steps)
    let decisions = (1...steps).filter { step in
      pruner.shouldPrune(
        PruningRequest(trial: trial(1, 0.9, step), history: [good], direction: .minimize, steps: steps))
    }
    #expect(decisions == rungs)
    #expect(
      !pruner.shouldPrune(
        PruningRequest(trial: trial(1, 0.05, rungs[0]), history: [good], direction: .minimize, steps: steps)))
  }

  /// Where a trial's length is known, hyperband takes it for the longest trial: from the first trial on, as if it had been said.
  @Test(arguments: [9, 10, 27, 81], [2, 3, 4])
  func `hyperband counts with the length of a trial`(steps: Int, factor: Int) throws {
    func pruned(_ call: Call, steps known: Int?) throws -> [Int] {
      let pruner = try Pruners.make(call)
      var stream = RandomStream(seed: 3, "hyperband", steps)
      var history: [Observation] = []
      for number in 0..<40 {
        var trial = Observation(number: number, state: .running, point: [:])
        let level = stream.uniform()
        for step in 1...steps where trial.state == .running {
          trial.reports.append((step, level + 1 / Double(step)))
          let request = PruningRequest(
            trial: trial, history: history, direction: .minimize, key: "7", steps: known)
          if pruner.shouldPrune(request) && step < steps { trial.state = .pruned }
        }
        if trial.state == .running { trial.state = .complete }
        trial.values = [trial.reports.last!.value]
        history.append(trial)
      }
      return history.map { $0.reports.count }
    }
    let said = Call("hyperband", [.init("factor", .int(factor)), .init("max_resource", .int(steps))])
    let auto = Call("hyperband", [.init("factor", .int(factor))])
    let lengths = try pruned(said, steps: nil)
    #expect(try pruned(auto, steps: steps) == lengths)
    #expect(lengths.prefix(12).contains { $0 < steps })
  }

  /// Beyond what doubles can divide a range has no importance, and ends nothing.
  @Test(arguments: [
    Domain.int(low: .min, high: .max), .int(low: 0, high: .max), .int(low: 1, high: .max, log: true),
    .float(low: -1e308, high: 1e308), .float(low: 5e-324, high: 1e-323), .float(low: 0, high: 1e-310, step: 1e-311),
    .float(low: 5e-324, high: 1, log: true), .float(low: 0, high: 1e300, step: 1),
  ])
  func `importance answers for any range`(domain: Domain) {
    let ends: [Double] =
      switch domain {
      case .int(let low, let high, _, _): [Double(low), Double(high)]
      case .float(let low, let high, _, _): [low, high]
      case .categorical: []
      }
    let history = (0..<20).map { number in
      Observation(
        number: number, state: .complete, point: ["x": domain.value(nearest: ends[number % 2])],
        values: [Double(number)])
    }
    let shares = PEDAnova.importance(
      history, space: Space([Parameter("x", in: domain)]), directions: [.minimize])
    #expect(shares.allSatisfy { (0...1).contains($0.share) })
  }

  @Test func `signed-rank probabilities are SciPy's`() {
    for recorded in reference.list("signed_rank") {
      let differences = recorded["differences"] as! [Double]
      #expect(isClose(SignedRank.pValue(differences), recorded["p"] as! Double, 1e-12), "\(differences)")
    }
  }

  /// `name(key=value, ...)` with words, ints and floats.
  private func call(_ text: String) -> Call {
    guard let open = text.firstIndex(of: "(") else { return Call(text) }
    let inside = text[text.index(after: open)...].dropLast()
    return Call(
      String(text[..<open]),
      inside.components(separatedBy: ", ").map { pair in
        let parts = pair.components(separatedBy: "=")
        let value: Argument = Int(parts[1]).map { .int($0) } ?? Double(parts[1]).map { .float($0) } ?? .text(parts[1])
        return Call.Named(parts[0], value)
      })
  }
}
