import Foundation
import LinearAlgebra
import Search
import Storage
import Studies
import Vocabulary

/// A space of every kind of parameter, with a condition.
let mixedSpace = Space([
  Parameter("rate", in: .float(low: 1e-5, high: 1, log: true)),
  Parameter("layers", in: .int(low: 1, high: 4)),
  Parameter("optimizer", in: .categorical([.text("sgd"), .text("adam")], ordered: false)),
  Parameter(
    "momentum", in: .float(low: 0, high: 0.99), when: .compare("optimizer", .equal, .text("sgd"))),
])

/// A bowl over the mixed space: lowest at rate 1e-2, two layers, sgd with momentum 0.5.
func bowl(_ point: Point) -> Double {
  let rate = log10(point["rate"]?.number ?? 1) + 2
  let layers = (point["layers"]?.number ?? 0) - 2
  let momentum = (point["momentum"]?.number ?? 1.2) - 0.5
  return rate * rate + layers * layers / 4 + momentum * momentum
}

/// Reports a falling curve towards the bowl's value, and obeys.
let curve: Objective = { trial in
  let value = bowl(trial.point)
  for step in 1...5 {
    if try trial.report(step: step, value: value + 1 / Double(step)) { throw TrialPruned() }
  }
  return [value]
}

/// Falls for some configurations and rises for others, so that patient pruners too have something to decide.
let waving: Objective = { trial in
  let value = bowl(trial.point)
  let slope = (trial.point["rate"]?.number ?? 0) > 1e-2 ? 0.4 : -0.1
  for step in 1...5 {
    if try trial.report(step: step, value: value + slope * Double(step)) { throw TrialPruned() }
  }
  return [value + 5 * slope]
}

/// The same with delays that differ from call to call.
func delayed(_ objective: @escaping Objective) -> Objective {
  { trial in
    usleep(UInt32.random(in: 0...3000))
    let result = try objective(trial)
    usleep(UInt32.random(in: 0...2000))
    return result
  }
}

/// A study's table as text, times aside.
func table(_ study: Study) -> String {
  study.trials.map { trial in
    "\(trial.number) \(trial.state) \(trial.params.map { "\($0.name)=\($0.value)" }) \(trial.values) "
      + "\(trial.reports.map { "\($0.step):\($0.value)" }) \(trial.reason ?? "")"
  }.joined(separator: "\n")
}

func makeStudy(
  sampler: Call = Call("random"), pruner: Call = Call("none"), seed: UInt64 = 0, space: Space = mixedSpace,
  in storage: any StudyStorage = MemoryStorage(), named name: String = "study"
) throws -> Study {
  try Study.create(
    named: name, StudySettings(sampler: sampler, pruner: pruner, seed: seed, space: space), in: storage)
}

/// The first line in which two tables differ, both forms of it; nil where they are equal.
func firstDifference(_ a: String, _ b: String) -> String? {
  let (a, b) = (a.split(separator: "\n"), b.split(separator: "\n"))
  for (x, y) in zip(a, b) where x != y { return "\(x)\n\(y)" }
  return a.count == b.count ? nil : "\(a.count) lines, \(b.count) lines"
}
