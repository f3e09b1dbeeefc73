import FoundationEssentials
import Search
import Storage

/// What workers do for a study together: kept with it, so that each, wherever it runs, knows where the others will end.
///
/// With one plan, trial n starts when all trials up to n - parallel are finished, whoever runs them: the same trials come of any
/// number of workers.
package struct StudyPlan: Codable, Hashable, Sendable {
  static let key = "attune:plan"

  /// The number that the plan's first trial has.
  package var first: Int
  /// No trial of this number or a higher one is begun; nil where something else ends the plan.
  package var total: Int?
  /// What samplers are told of the number of trials.
  package var planned: Int?
  /// Trials side by side at most, over all workers.
  package var parallel: Int
  package var target: Double?
  package var stagnation: Int?
  /// After this time, in seconds since 1970, no trial is begun.
  package private(set) var until: Double?
  /// The same by a clock that cannot be set, as far as it was away when the plan came here.
  private var deadline: ContinuousClock.Instant?

  private enum CodingKeys: String, CodingKey {
    case first, total, planned, parallel, target, stagnation, until
  }

  /// No trial is begun any more.
  package var hasRunOut: Bool { deadline.map { ContinuousClock.now >= $0 } ?? false }

  /// Ends the plan so many seconds from now.
  mutating func end(after seconds: Double) {
    until = Date().timeIntervalSince1970 + seconds
    deadline = .now + .seconds(seconds)
  }

  /// What `limits` ask for, from trial `first` on; without an end by number or time.
  init(first: Int, _ limits: RunLimits) {
    self.first = first
    planned = limits.trials.map { first + $0 }
    parallel = limits.parallel
    target = limits.target
    stagnation = limits.stagnation
  }

  init?(_ json: String) {
    guard let plan = try? JSONDecoder().decode(StudyPlan.self, from: Data(json.utf8)), plan.isPossible else {
      return nil
    }
    self = plan
    deadline = until.map { .now + .seconds($0 - Date().timeIntervalSince1970) }
  }

  /// Whether every count is one that a study may have: the storage may hold anything.
  private var isPossible: Bool {
    let counts = 0...(1 << 40)
    return counts.contains(first) && (1...1_000_000).contains(parallel)
      && [total, planned, stagnation].allSatisfy { $0.map(counts.contains) ?? true }
      && (target?.isFinite ?? true) && (until.map { (0...1e11).contains($0) } ?? true)
  }

  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}

extension Study {
  package var plan: StudyPlan? { gate.withLock { $0.plan } }

  /// Says what workers are to do: as far as `limits`, from here on.
  package func begin(_ limits: RunLimits) throws -> StudyPlan {
    try gate.change { state in
      try refresh(&state)
      var plan = StudyPlan(first: state.nextNumber, limits)
      plan.total = limits.trials.map { state.records.count + max(0, $0 - state.required.count) }
      if let timeout = limits.timeout { plan.end(after: timeout) }
      try storage.set(StoredAttributes(system: [StudyPlan.key: plan.json]), of: state.id)
      state.plan = plan
      return plan
    }
  }

  /// Looks at what the workers have done; how the plan has ended, nil while it has not.
  ///
  /// It has ended where no trial is to begin and none is running.
  package func look(at plan: StudyPlan) throws -> RunSummary.End? {
    try gate.change { state in
      try refreshNews(&state)
      let isRunning = state.unfinished.contains {
        $0 >= plan.first && !state.asked.contains($0) && state.records[$0].state == .running
      }
      if isRunning { return nil }
      let next = state.nextNumber
      if let total = plan.total, next >= total { return .trials }
      if plan.hasRunOut { return .timeout }
      return state.end(plan, before: next)
    }
  }

  /// A program's own note with the study; read from the storage, because another process may have written it.
  package func note(_ key: String) throws -> String? {
    try storage.study(named: name)?.attributes.system["attune:" + key]
  }

  package func setNote(_ key: String, _ json: String) throws {
    try storage.set(StoredAttributes(system: ["attune:" + key: json]), of: gate.withLock { $0.id })
  }
}

extension Study.State {
  /// An end that the trials up to number - parallel decide.
  func end(_ plan: StudyPlan, before number: Int) -> RunSummary.End? {
    guard plan.target != nil || plan.stagnation != nil, settings.directions.count == 1 else { return nil }
    let direction = settings.directions[0]
    let known = records[..<min(records.count, max(0, number - plan.parallel + 1))]
    let best = best(in: known)
    if let target = plan.target, let best, direction.key(best.values[0]) <= direction.key(target) { return .target }
    if let stagnation = plan.stagnation, known.count - 1 - max(best?.number ?? -1, plan.first - 1) >= stagnation {
      return .stagnation
    }
    return nil
  }
}
