import Search
import Storage
import Vocabulary

/// Trials and what they have shown: asks the sampler, keeps what is told, writes everything through to a storage.
///
/// All members may be called from any thread. Numbers count from 0 without gaps.
package final class Study: Sendable {
  struct State {
    var id: StudyID
    var name: String
    var settings: StudySettings
    var sampler: any Sampler
    var pruner: any Pruner
    /// Three arrays by trial number.
    var records: [TrialRecord] = []
    var observations: [Observation] = []
    var ids: [TrialID] = []
    var places: [TrialID: Int] = [:]
    /// The numbers that trials have in the storage where those are not their places.
    var renumbered: [Int: Int] = [:]
    /// The next number that no trial of the storage has.
    var freeNumber = 0
    /// Distributions with choices that only another program has.
    var foreign: [String: StoredDistribution] = [:]
    /// Why no trial can be begun; the study can be looked at.
    var refusal: (any Error)?
    /// What waiting trials must have: all parameters of an interrupted trial, perhaps only some of an enqueued one.
    var required: [Int: Point] = [:]
    /// The first trial of each configuration that is pending or finished.
    var firstWith: [Point: Int] = [:]
    /// Trials that this process runs, and of these the ones whose result a program outside will tell.
    var running: Set<Int> = []
    var asked: Set<Int> = []
    /// When these were begun, by a clock that cannot be set: a trial's seconds come from it.
    var begun: [Int: ContinuousClock.Instant] = [:]
    /// By which text the storage knows each trial that this process runs.
    var claims: [Int: String] = [:]
    /// Trials that processes like this one run elsewhere, with that text.
    var elsewhere: [Int: (owner: TrialOwner, text: String)] = [:]
    /// When the owners of these have been heard of.
    var heartbeats = HeartbeatLog()
    /// Trials that are waiting or running, and the latest that is known: what the next look asks for.
    var unfinished: Set<Int> = []
    /// What the storage said of these when they were read.
    var versions: [Int: String] = [:]
    var newest: TrialID?
    var revision: Int64
    var lastLook = ContinuousClock.now
    /// How often in a row this process has waited for its turn in vain.
    var turnsMissed = 0
    /// What the workers of this study do together, if they do.
    var plan: StudyPlan?
    /// A suggestion is being made outside the lock.
    var isSuggesting = false
  }

  package let storage: any StudyStorage
  let gate: Gate<State>
  let events = EventOrder()

  init(_ state: sending State, in storage: any StudyStorage) {
    self.storage = storage
    self.gate = Gate(state)
  }

  /// A new study. Throws what is wrong with the space, the sampler or the pruner, and `StorageError.nameIsTaken`.
  package static func create(
    named name: String, _ settings: StudySettings, in storage: any StudyStorage = MemoryStorage()
  ) throws -> Study {
    let (sampler, pruner) = try settings.made()
    let id = try storage.createStudy(
      named: name, directions: settings.directions.map(\.stored), attributes: try settings.stored())
    return Study(
      State(
        id: id, name: name, settings: settings, sampler: sampler, pruner: pruner, revision: try storage.revision()),
      in: storage)
  }

  package var id: StudyID { gate.withLock { $0.id } }
  package var name: String { gate.withLock { $0.name } }
  package var settings: StudySettings { gate.withLock { $0.settings } }
  package var space: Space { settings.space }
  package var directions: [Direction] { settings.directions }
  package var metrics: [String] { settings.metrics }
  package var seed: UInt64 { settings.seed }

  /// Whether a trial was started; one that is enqueued only waits.
  package var hasBegun: Bool { gate.withLock { $0.hasBegun } }

  /// All trials, by number.
  package var trials: [TrialRecord] { gate.withLock { $0.records } }

  /// The complete, feasible trial with the best value, the earliest of equals, or the one that was chosen when the best were
  /// trained again; nil where there is none or several objectives.
  package var best: TrialRecord? {
    gate.withLock { state in
      guard state.settings.directions.count == 1 else { return nil }
      return state.best(in: state.records[...]).map { state.confirmed(insteadOf: $0) ?? $0 }
    }
  }

  /// The complete, feasible trials that no other one beats in every objective, by number; of several with one configuration and one
  /// result the first.
  package var front: [TrialRecord] {
    gate.withLock { state in
      var seen: Set<[TrialRecord.Parameter]> = []
      let candidates = state.records.filter {
        $0.state == .complete && $0.isFeasible
          && seen.insert($0.params + $0.values.map { .init("", .float($0)) }).inserted
      }
      let keys = candidates.map { state.settings.directions.keys($0.values) }
      return Dominance.front(keys).map { candidates[$0] }
    }
  }

  /// Refreshes from the storage. If that cannot be reached, the last known state stays; throws a `StorageError` only if the
  /// study is not there any more, or its file is another one.
  package func look() throws {
    if storage is MemoryStorage { return }
    try gate.change { state in
      do { try refresh(&state) } catch let error as StorageError where error.isLoss { throw error } catch {}
    }
  }

  /// Trials whose number in the storage is not the one that they have here, because another program left gaps.
  package var renumbered: [(here: Int, there: Int)] {
    gate.withLock { $0.renumbered.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
  }

  package func rename(to name: String) throws {
    try gate.change { state in
      try storage.renameStudy(state.id, to: name)
      state.name = name
    }
  }

  /// Goes on with another space (other ranges of the same parameters), sampler, pruner or attributes.
  ///
  /// Throws where a parameter was added, removed or retyped: that asks for a new study.
  package func configure(_ change: (inout StudySettings) -> Void) throws {
    try gate.change { state in
      var settings = state.settings
      change(&settings)
      if state.hasBegun { try state.settings.requireSameShape(as: settings) }
      let (sampler, pruner) = try settings.made()
      if settings.directions != state.settings.directions {
        try storage.setDirections(settings.directions.map(\.stored), of: state.id)
      }
      try storage.set(try settings.stored(), of: state.id)
      let isSame = settings.since == state.settings.since
      (state.settings, state.sampler, state.pruner) = (settings, sampler, pruner)
      state.refusal = nil
      if !isSame { state.findFirsts() }
    }
  }
}

extension Study.State {
  var hasBegun: Bool { records.contains { $0.state != .waiting } }

  func best(in records: ArraySlice<TrialRecord>) -> TrialRecord? {
    var best: TrialRecord?
    for record in records where record.state == .complete && record.isFeasible {
      guard let value = record.values.first, !value.isNaN, let direction = settings.directions.first else { continue }
      if best == nil || direction.key(value) < direction.key(best!.values[0]) { best = record }
    }
    return best
  }

  /// The best of those that were trained again, if the trial is one of them: a better one that came later was not.
  func confirmed(insteadOf best: TrialRecord) -> TrialRecord? {
    guard settings.confirmations[best.number] != nil, let direction = settings.directions.first else { return nil }
    let means = settings.confirmations.compactMap { number, values -> (key: Double, number: Int)? in
      guard values.count > 1, records.indices.contains(number) else { return nil }
      guard records[number].state == .complete, records[number].isFeasible else { return nil }
      return (direction.key(values.reduce(0, +) / Double(values.count)), number)
    }
    return means.min { ($0.key, $0.number) < ($1.key, $1.number) }.map { records[$0.number] }
  }

  /// Appends or replaces a trial's record.
  mutating func keep(_ record: TrialRecord, id: TrialID) {
    if record.number == records.count {
      records.append(record)
      observations.append(record.observation)
      ids.append(id)
      places[id] = record.number
    } else {
      records[record.number] = record
      observations[record.number] = record.observation
    }
    newest = TrialID(max(newest?.rawValue ?? 0, id.rawValue))
    if record.state == .waiting || record.state == .running {
      unfinished.insert(record.number)
    } else {
      unfinished.remove(record.number)
      versions[record.number] = nil
    }
    noteFirst(observations[record.number])
  }

  private mutating func noteFirst(_ observation: Observation) {
    guard observation.state != .waiting, observation.number >= settings.since else { return }
    if firstWith[observation.point].map({ $0 > observation.number }) ?? true {
      firstWith[observation.point] = observation.number
    }
  }

  /// Which trial of each configuration is the first, among those that count.
  fileprivate mutating func findFirsts() {
    firstWith = [:]
    for observation in observations { noteFirst(observation) }
  }
}

extension StudySettings {
  /// The sampler and pruner said, after everything has been checked.
  func made() throws -> (any Sampler, any Pruner) {
    try space.check()
    try earlier.check(for: space)
    if directions.isEmpty { throw StudyError("a study needs at least one objective") }
    return (try Samplers.make(sampler), try Pruners.make(effectivePruner))
  }

  /// The pruner that was given, else the one that comes with the sampler.
  package var effectivePruner: Call {
    guard pruner.name == "none", !prunerIsGiven else { return pruner }
    return Samplers.all.first { $0.syntax.name == sampler.name }?.pruner ?? pruner
  }

  /// Throws where the other's parameters are not these with other ranges.
  func requireSameShape(as other: StudySettings) throws {
    func refuse(_ what: String) -> StudyError {
      StudyError(
        what + ": a study keeps its parameters", hint: "ranges may change; for other parameters say study new \"name\"")
    }
    let (old, new) = (space.parameters, other.space.parameters)
    for parameter in new where !old.contains(where: { $0.name == parameter.name }) {
      throw refuse("'\(parameter.name)' is not in this study")
    }
    for parameter in old {
      guard let now = other.space[parameter.name] else { throw refuse("'\(parameter.name)' is missing") }
      if now.domain.kind != parameter.domain.kind {
        throw refuse("'\(parameter.name)' was \(parameter.domain.kind) and is now \(now.domain.kind)")
      }
    }
    if other.directions != directions {
      throw StudyError("a study keeps its objectives", hint: "say study new \"name\"")
    }
  }
}
