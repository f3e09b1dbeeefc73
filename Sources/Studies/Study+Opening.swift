import FoundationEssentials
import Vocabulary
import Search
import Storage

extension Study {
  /// Goes on with a study of a storage: space, settings, sampler, pruner and seed are its attributes.
  ///
  /// A study that another program made has none: `fallback` serves, its space checked by the first trial, or where there is
  /// none, what its trials' distributions say. `constraint` gives a constraint's text its meaning again. Trials whose
  /// owner is gone wait again. Throws `StorageError.noSuchStudy`.
  package static func open(
    named name: String, in storage: any StudyStorage, fallback: StudySettings? = nil,
    constraint: (String) throws -> Constraint = {
      throw StudyError("the study has a constraint '\($0)' that cannot be checked here")
    },
    check: (inout StudySettings) throws -> Void = { _ in }, isOnlyShown: Bool = false
  ) throws -> Study {
    guard let stored = try storage.study(named: name) else {
      let names = try storage.studies().map(\.name)
      throw StorageError(
        .noSuchStudy, "there is no study '\(name)'",
        hint: names.isEmpty ? "\(storage.place) holds none" : "there are " + names.joined(separator: ", "))
    }
    var settings: StudySettings
    if let own = try StudySettings(stored, constraint: constraint) {
      settings = own
      try check(&settings)
    } else {
      settings = fallback ?? StudySettings()
      settings.isForeign = true
      settings.directions = stored.directions.map(Direction.init)
      settings.metrics = stored.metricNames
      let found = try Space(of: storage.trials(of: stored.id))
      // Its own parameters are searched; another space serves only if it says the same ones, or if there are none yet.
      if !found.parameters.isEmpty, !found.hasSameShape(as: settings.space) {
        (settings.space, settings.spaceText) = (found, nil)
      }
      settings.directionsAreGiven = true
    }
    var refusal: (any Error)?
    var made: (any Sampler, any Pruner)
    do { made = try settings.made() } catch {
      // What cannot be searched can be looked at.
      refusal = error
      made = (RandomSampler(), try Pruners.make(Call("none")))
    }
    let (sampler, pruner) = made
    let study = Study(
      State(
        id: stored.id, name: name, settings: settings, sampler: sampler, pruner: pruner,
        revision: try storage.revision(),
        plan: stored.attributes.system[StudyPlan.key].flatMap(StudyPlan.init)),
      in: storage)
    try study.gate.change { state in
      state.refusal = refusal
      try study.load(&state)
      if !storage.isReadOnly, !isOnlyShown { try study.reclaim(&state) }
    }
    return study
  }

  /// Trials that were running under an owner that is gone wait again, with their number and parameters. Called with the lock held.
  ///
  /// `near` looks only at processes of this host, and asks the storage only about those that have ended.
  func reclaim(_ state: inout State, near: Bool = false) throws {
    let suspects = state.elsewhere.filter { !near || ($1.owner.isNear && $1.owner.isGone(silentFor: nil)) }.keys
      .sorted()
    if suspects.isEmpty { return }
    for trial in try storage.trials(suspects.map { state.ids[$0] }) where trial.state == .running {
      guard let owner = TrialOwner(trial), let place = state.places[trial.id],
        owner.isGone(silentFor: trial.heartbeat.map { state.heartbeats.age(of: place, $0) })
      else { continue }
      try giveBack(place, of: trial.attributes.system[StoredTrial.ownerKey], &state)
    }
  }
}

extension Space {
  /// The parameters that trials of another program have: each with its newest distribution, in order of appearance; those that
  /// some trials lack are last, without a condition that could say when they are active.
  init(of trials: [StoredTrial]) throws {
    var order: [String] = []
    var domains: [String: Domain] = [:]
    for trial in trials {
      for parameter in trial.parameters {
        if domains[parameter.name] == nil { order.append(parameter.name) }
        domains[parameter.name] = Domain(parameter.distribution)
      }
    }
    self.init(order.compactMap { name in domains[name].map { Parameter(name, in: $0) } })
  }

  /// Whether both have the same parameters, each of the same kind.
  func hasSameShape(as other: Space) -> Bool {
    guard parameters.count == other.parameters.count else { return false }
    return parameters.allSatisfy { other[$0.name]?.domain.kind == $0.domain.kind }
  }
}

extension Domain {
  init(_ distribution: StoredDistribution) {
    switch distribution {
    case .int(let low, let high, let step, let log): self = .int(low: low, high: high, step: step, log: log)
    case .float(let low, let high, let step, let log): self = .float(low: low, high: high, step: step, log: log)
    case .categorical(let choices):
      let values = choices.map(ParameterValue.init)
      self = .categorical(values, ordered: values.allSatisfy { $0.number != nil })
    }
  }
}
