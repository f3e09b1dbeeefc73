import Drawing
import Foundation
import LinearAlgebra
import NeuralNetworks
import Search
import Studies
import Synchronization

/// `tune confirm=5`: trains the best few again with fresh seeds, and lets that choose.
///
/// Each gets three trainings, then as many as there are candidates are handed out at a time, where they tell most (`OCBA`), until
/// the best is told from the others or every candidate has had six on average. The values are kept with the study, and what was
/// trained before is not trained again; a call that was interrupted ends where it would have ended.
struct Confirmation {
  /// Trainings that each candidate has before any are handed out, and at most on average.
  static let (first, most) = (3, 6)

  let study: Study
  let request: TuneRequest
  let count: Int
  let isCancelled: @Sendable () -> Bool

  /// One candidate: its values so far, in the order of its seeds.
  private struct Candidate {
    let trial: TrialRecord
    let objective: TrainingObjective
    let kept: [Double]
    var values: [Double] = []
    var failure: String?
  }

  /// What came of it.
  struct Outcome {
    /// Candidates with at least one value.
    var values: [(trial: TrialRecord, values: [Double])]
    var failures: [(trial: Int, reason: String)]
    /// The chance that the first of the means is the best, at least.
    var chance: Double
  }

  /// nil if no trial is complete. Throws `TrialCancelled` where it is interrupted; what was trained by then is kept.
  func run() throws -> Outcome? {
    var candidates = self.candidates()
    if candidates.isEmpty { return nil }
    let count = candidates.count
    var wanted = [Int](repeating: Self.first, count: count)
    var chance = 0.0
    while true {
      try train(&candidates, to: wanted)
      let alive = candidates.indices.filter { candidates[$0].failure == nil }
      if alive.isEmpty { break }
      let statistics = statistics(alive.map { candidates[$0].values })
      let runs = alive.map { candidates[$0].values.count }
      chance = OCBA.chanceOfBest(means: statistics.means, deviations: statistics.deviations, runs: runs)
      if chance >= 0.95 || runs.reduce(0, +) >= Self.most * alive.count || alive.count == 1 { break }
      let shares = OCBA.shares(means: statistics.means, deviations: statistics.deviations)
      let total = Double(runs.reduce(0, +) + alive.count)
      var lacking = alive.indices.map { shares[$0] * total - Double(runs[$0]) }
      for _ in alive {
        let place = lacking.indices.max { lacking[$0] < lacking[$1] }!
        lacking[place] -= 1
        wanted[alive[place]] += 1
      }
    }
    return Outcome(
      values: candidates.filter { $0.failure == nil }.map { ($0.trial, $0.values) },
      failures: candidates.compactMap { candidate in candidate.failure.map { (candidate.trial.number, $0) } },
      chance: chance)
  }

  // MARK: Parts

  /// The best configurations, each once.
  private func candidates() -> [Candidate] {
    let kept = study.settings.confirmations
    var seen: Set<Point> = []
    let best = TrialsReport.ranked(study.trials, study).filter {
      $0.state == .complete && $0.isFeasible && $0.parent == nil && seen.insert($0.point).inserted
    }
    return best.prefix(count).map { trial in
      let recipe = TrialRecipe(trial, of: study)
      let objective = TrainingObjective(request.repeating(recipe.settings, repeats: recipe.seeds.count))
      return Candidate(trial: trial, objective: objective, kept: kept[trial.number] ?? [])
    }
  }

  /// The mean of each and its spread: the common one while some have fewer than five values. Values to be minimised.
  private func statistics(_ values: [[Double]]) -> (means: [Double], deviations: [Double]) {
    let sign = study.directions[0] == .minimize ? 1.0 : -1
    let spreads = values.map { Spread($0) }
    var deviations = spreads.map(\.deviation)
    if values.contains(where: { $0.count < 5 }) {
      let squares = zip(spreads, values).reduce(0.0) { $0 + $1.0.deviation * $1.0.deviation * Double($1.1.count - 1) }
      let degrees = values.reduce(0) { $0 + $1.count - 1 }
      deviations = values.map { _ in (squares / Double(max(1, degrees))).squareRoot() }
    }
    return (spreads.map { sign * $0.mean }, deviations)
  }

  /// Brings each candidate to so many values: those that are kept, and new ones side by side.
  private func train(_ candidates: inout [Candidate], to wanted: [Int]) throws {
    var jobs: [(candidate: Int, run: Int)] = []
    for index in candidates.indices where candidates[index].failure == nil {
      let known = candidates[index].kept.prefix(wanted[index])
      if candidates[index].values.count < known.count { candidates[index].values = Array(known) }
      for run in candidates[index].values.count..<max(wanted[index], candidates[index].values.count) {
        jobs.append((index, run))
      }
    }
    if jobs.isEmpty { return }
    let trained = candidates
    let results = Parallel.map(jobs, threads: request.parallel) { job in
      Result { try train(trained[job.candidate], run: job.run) }
    }
    var isCut = false
    for (job, result) in zip(jobs, results) {
      switch result {
      // What follows a training that did not come about has no place.
      case .success(let value) where candidates[job.candidate].values.count == job.run:
        candidates[job.candidate].values.append(value)
      case .success: break
      case .failure(let failed as TrialFailed): candidates[job.candidate].failure = failed.reason
      case .failure: isCut = true
      }
    }
    try keep(candidates)
    if isCut { throw TrialCancelled() }
  }

  private func train(_ candidate: Candidate, run: Int) throws -> Double {
    if isCancelled() { throw TrialCancelled() }
    var seeds = RandomStream(seed: study.seed, "confirm", run)
    let trial = TrialContext(
      number: candidate.trial.number, point: candidate.trial.point, seed: seeds.next(), isCancelled: isCancelled)
    let value = try candidate.objective.evaluate(trial)[0]
    if !value.isFinite { throw TrialFailed("\(study.metrics[0]) is not a number") }
    return value
  }

  private func keep(_ candidates: [Candidate]) throws {
    try study.configure { settings in
      for candidate in candidates {
        // A longer list of an earlier call stays: it says more.
        let known = settings.confirmations[candidate.trial.number] ?? []
        if candidate.failure == nil, candidate.values.count > known.count {
          settings.confirmations[candidate.trial.number] = candidate.values
        } else if candidate.failure != nil {
          settings.confirmations[candidate.trial.number] = nil
        }
      }
    }
  }
}

/// Work that is done on several threads at once.
enum Parallel {
  /// The results in the order of the items, whatever the threads do. The calling thread is one of them.
  static func map<Item: Sendable, Result: Sendable>(
    _ items: [Item], threads: Int, _ body: @escaping @Sendable (Item) -> Result
  ) -> [Result] {
    let state = Mutex((next: 0, results: [Int: Result]()))
    @Sendable func work() {
      while true {
        let index = state.withLock { state in
          defer { state.next += 1 }
          return state.next
        }
        guard index < items.count else { return }
        let result = body(items[index])
        state.withLock { $0.results[index] = result }
      }
    }
    let group = DispatchGroup()
    for _ in 1..<max(1, min(threads, items.count)) {
      group.enter()
      let isStarted = SystemThread.start(stackSize: 8 << 20) {
        work()
        group.leave()
      }
      if !isStarted { group.leave() }
    }
    work()
    group.wait()
    return state.withLock { state in items.indices.map { state.results[$0]! } }
  }
}
