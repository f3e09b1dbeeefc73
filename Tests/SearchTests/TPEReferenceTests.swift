import Foundation
import Search
import Testing

/// Optuna 5.0.0's TPE, as Tests/References/tpe.py recorded it.
@Suite struct TPEReferenceTests {
  let reference: Reference

  init() throws { reference = try Reference("tpe") }

  @Test func `a whole run under the same random numbers is Optuna's`() throws {
    for run in reference.list("runs") {
      let space = reference.space(run["space"] as! String)
      let seed = UInt32(run["seed"] as! Int)
      let direction = Direction(rawValue: run["direction"] as! String)!
      var random = (startup: MersenneTwister(seed: seed), model: MersenneTwister(seed: seed))
      var history: [Observation] = []
      for (number, expected) in (run["params"] as! [[String: Any]]).enumerated() {
        let request = SamplingRequest(
          number: number, space: space, directions: [direction], history: history, seed: 0)
        let point =
          number < 10
          ? space.configuration { $0.domain.draw(&random.startup) } : TPESampler().model(request, &random.model)
        let theirs = space.point(expected)
        for parameter in space.parameters {
          let (a, b) = (point[parameter.name]!, theirs[parameter.name]!)
          if let a = a.number, let b = b.number {
            #expect(abs(a - b) <= 1e-9 * abs(b), "\(run["space"]!) seed \(seed) trial \(number) \(parameter.name)")
          } else {
            #expect(a == b)
          }
        }
        let value = (run["values"] as! [Double])[number]
        history.append(Observation(number: number, state: .complete, point: theirs, values: [value]))
      }
    }
  }

  @Test func `under hyperband it learns from its own bracket's trials, as Optuna's does`() throws {
    let space = reference.space("continuous")
    let pruner = HyperbandPruner(minResource: 1, maxResource: 9, factor: 3)
    for run in reference.list("hyperband") {
      let seed = UInt32(run["seed"] as! Int)
      var random = (startup: MersenneTwister(seed: seed), model: MersenneTwister(seed: seed))
      var history: [Observation] = []
      for (number, expected) in (run["trials"] as! [[String: Any]]).enumerated() {
        let known = pruner.comparable(history, with: number, key: "curves")
        let request = SamplingRequest(number: number, space: space, directions: [.minimize], history: known, seed: 0)
        let point =
          known.count < 10
          ? space.configuration { $0.domain.draw(&random.startup) } : TPESampler().model(request, &random.model)
        let theirs = space.point(expected["params"] as! [String: Any])
        for parameter in space.parameters {
          let (a, b) = (point[parameter.name]!, theirs[parameter.name]!)
          #expect(
            a == b || isClose(a.number ?? .nan, b.number ?? .nan), "seed \(seed) trial \(number) \(parameter.name)")
        }
        let reports = (expected["reports"] as! [Double]).enumerated().map { (step: $0 + 1, value: $1) }
        history.append(
          Observation(
            number: number, state: expected["pruned"] as! Bool ? .pruned : .complete, point: theirs,
            values: [reports.last!.value], reports: reports))
      }
    }
  }

  @Test func `good and other trials are told apart as Optuna does`() {
    let space = reference.space("mixed")
    let states: [String: Observation.State] = [
      "COMPLETE": .complete, "PRUNED": .pruned, "FAIL": .failed, "RUNNING": .running,
    ]
    for recorded in reference.list("splits") {
      let history = (recorded["history"] as! [[String: Any]]).enumerated().map { index, trial in
        Observation(
          number: index, state: states[trial["state"] as! String]!,
          point: space.point(trial["params"] as! [String: Any]),
          values: number(trial["value"]).map { [$0] } ?? [],
          reports: (trial["reports"] as! [[Any]]).map { ($0[0] as! Int, number($0[1])!) },
          violations: trial["violations"] as! [Double])
      }
      let below = TPESplit.belowCount(history.count { $0.isFinished })
      let direction = Direction(rawValue: recorded["direction"] as! String)!
      let split = TPESplit.split(history, below: below, directions: [direction])
      #expect(split.below == recorded["below"] as! [Int])
      #expect(split.above == recorded["above"] as! [Int])
    }
  }

  @Test func `several objectives are split by fronts and hypervolume as Optuna does`() {
    for recorded in reference.list("multi_splits") {
      let directions = (recorded["directions"] as! [String]).map { Direction(rawValue: $0)! }
      let history = (recorded["values"] as! [[Double]]).enumerated().map {
        Observation(number: $0, state: .complete, point: [:], values: $1)
      }
      let split = TPESplit.split(
        history, below: TPESplit.belowCount(history.count, objectives: 2), directions: directions)
      #expect(split.below == recorded["below"] as! [Int], "\(history.count) trials, \(directions.count) objectives")
    }
  }

  @Test func `weights, widths and densities are Optuna's`() {
    for recorded in reference.list("densities") {
      let space = reference.space(recorded["space"] as! String)
      let domains = (recorded["names"] as! [String]).map { space[$0]!.domain }
      let estimator = ParzenEstimator(domains, columns: recorded["observed"] as! [[Double]])
      let (weights, widths) = (recorded["weights"] as! [Double], recorded["widths"] as! [Any])
      #expect(
        zip(estimator.weights, weights).allSatisfy { isClose($0, $1, 1e-14) }
          && estimator.weights.count == weights.count)
      for (ours, theirs) in zip(estimator.widths, widths) {
        guard let theirs = theirs as? [Double] else { continue }
        #expect(ours?.count == theirs.count && zip(ours ?? [], theirs).allSatisfy { isClose($0, $1, 1e-12) })
      }
      for (ours, theirs) in zip(
        estimator.logDensity(recorded["at"] as! [[Double]]), recorded["log_density"] as! [Double])
      {
        #expect(isClose(ours, theirs))
      }
    }
  }

}
