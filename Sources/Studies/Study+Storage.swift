import FoundationEssentials
import Search
import Storage

extension Study {
  /// Looks for what other programs have written. Called with the lock held.
  func refresh(_ state: inout State) throws {
    let revision = try storage.revision()
    if revision == state.revision { return }
    try load(&state)
    state.revision = revision
  }

  /// The same, but only for trials that are new or have changed hands or ended. Called with the lock held.
  func refreshNews(_ state: inout State) throws {
    let revision = try storage.revision()
    if revision == state.revision { return }
    try loadNews(&state)
    state.revision = revision
  }

  /// The same, not more often than the storage likes, and the less often the longer one waits already: hundreds of workers that
  /// wait for a slow trial cost a database little. Called with the lock held.
  func glance(_ state: inout State, since arrival: ContinuousClock.Instant) throws {
    let now = ContinuousClock.now
    let waited = (now - arrival) / .seconds(1)
    let interval = storage.lookInterval == 0 ? 0 : max(storage.lookInterval, min(2, waited / 10))
    if (now - state.lastLook) / .seconds(1) < interval { return }
    try refreshNews(&state)
    state.lastLook = ContinuousClock.now
  }

  /// Reads trials that are new or were unfinished: as many as they are, however long the study. Called with the lock held.
  func load(_ state: inout State) throws {
    let unfinished = state.changeable.sorted().map { state.ids[$0] }
    take(try storage.trials(of: state.id, after: state.newest, and: unfinished), &state)
  }

  /// Reads trials that are new or have changed hands or ended: what a worker needs to know of the others. Called with the lock held.
  func loadNews(_ state: inout State) throws {
    take(try storage.news(of: state.id, after: state.newest, and: state.known), &state)
  }

  /// Waits a little for this process's turn to choose the next trial, where many share the storage; whether to go on. Called with
  /// the lock held.
  func takeTurn(_ state: inout State) throws -> Bool {
    if let news = try storage.takeTurn(in: state.id, after: state.newest, and: state.known) {
      take(news, &state)
      state.turnsMissed = 0
      return true
    }
    state.turnsMissed += 1
    if state.turnsMissed < Self.patienceForTurns { return false }
    // Whoever has it is stopped or cut off. What is chosen without a turn is as right, only perhaps in vain.
    try loadNews(&state)
    return true
  }

  /// Hundreds of workers whose trials end at once stand in line for longer than one wait.
  private static let patienceForTurns = 5

  /// A trial's number here is its place among those that were read, which is the number that it has in the storage unless
  /// another program has left gaps there.
  private func take(_ trials: [StoredTrial], _ state: inout State) {
    // Trials get their numbers in the order of their identities: that is the order if the numbers are not all of 0, 1, 2, ...
    let hasAll = zip(trials.lazy.map(\.number), state.records.count...).allSatisfy(==)
    for var trial in hasAll ? trials : trials.sorted(by: { $0.id.rawValue < $1.id.rawValue }) {
      let place = state.places[trial.id] ?? state.records.count
      if place == state.records.count { state.noteNumber(trial.number, at: place) }
      trial.number = place
      if state.running.contains(place) && !state.hasBeenTold(trial) { continue }
      state.running.remove(place)
      state.claims[place] = nil
      state.begun[place] = nil
      state.elsewhere[place] = trial.state == .running ? trial.owner : nil
      var record = TrialRecord(trial, order: state.settings.space.parameters.map(\.name))
      if record.state == .complete, record.values.count != state.settings.directions.count {
        (record.state, record.values, record.reason) = (.failed, [], "its values are missing in the storage")
      }
      let required = record.state == .waiting ? trial.requiredPoint(in: state.settings.space) : nil
      if let required, record.params.isEmpty {
        record.params = state.settings.space.parameters.compactMap { parameter in
          required[parameter.name].map { .init(parameter.name, $0) }
        }
      }
      state.required[place] = required
      state.keep(record, id: trial.id)
      for parameter in trial.parameters { state.noteForeign(parameter) }
      state.versions[place] = state.unfinished.contains(place) ? trial.version : nil
    }
  }
}

extension Study.State {
  /// Numbers of a storage are 32 bits wide there; what is beyond them is nobody's.
  mutating func noteNumber(_ number: Int, at place: Int) {
    if number != place { renumbered[place] = number }
    if (0..<Int(Int32.max)).contains(number) { freeNumber = max(freeNumber, number + 1) }
    freeNumber = max(freeNumber, place + 1)
  }

  /// The unfinished trials that others may change: all but what runs here. Whoever has the configuration may tell of an asked one.
  fileprivate var changeable: Set<Int> { unfinished.subtracting(running.subtracting(asked)) }

  fileprivate var known: [KnownTrial] {
    changeable.sorted().map { KnownTrial(ids[$0], version: versions[$0]) }
  }

  /// Whether a trial that was asked for here has been closed elsewhere.
  fileprivate func hasBeenTold(_ trial: StoredTrial) -> Bool {
    asked.contains(trial.number) && [.complete, .pruned, .failed].contains(TrialRecord.State(trial.state))
  }
}

extension Direction {
  var stored: StoredDirection { self == .minimize ? .minimize : .maximize }
  init(_ stored: StoredDirection) { self = stored == .minimize ? .minimize : .maximize }
}

extension TrialRecord.State {
  var stored: StoredState {
    switch self {
    case .complete: .complete
    case .pruned: .pruned
    case .failed: .failed
    case .running: .running
    case .waiting: .waiting
    }
  }

  init(_ stored: StoredState) {
    switch stored {
    case .complete: self = .complete
    case .pruned: self = .pruned
    case .failed: self = .failed
    case .running: self = .running
    case .waiting: self = .waiting
    }
  }
}

extension TrialRecord {
  /// A kept trial; parameters that the study's space does not name come last.
  init(_ trial: StoredTrial, order: [String]) {
    let place = Dictionary(order.enumerated().map { ($1, $0) }, uniquingKeysWith: { a, _ in a })
    let params = trial.parameters.map { Parameter($0.name, $0.parameterValue) }
    let sorted = params.enumerated().sorted {
      (place[$0.element.name] ?? .max, $0.offset) < (place[$1.element.name] ?? .max, $1.offset)
    }
    self.init(number: trial.number, state: State(trial.state), params: sorted.map(\.element))
    values = trial.values
    precision = TrialPrecision(trial.attributes.system[TrialPrecision.key])
    spread = StoredJSON.numbers(trial.attributes.user[Self.spreadKey])
    reports = trial.reports.sorted { $0.key < $1.key }.map { Report(step: $0.key, value: $0.value) }
    start = trial.start
    if let start = trial.start, let end = trial.end { seconds = max(0, end.timeIntervalSince(start)) }
    violations = trial.violations
    reason = StoredJSON.text(trial.attributes.user["reason"])
    parent = trial.attributes.user["parent"].flatMap { Int($0) }.flatMap { $0 >= 0 && $0 < number ? $0 : nil }
    configuration = TrialConfiguration(trial.attributes.user[TrialConfiguration.key])
    for (key, json) in trial.attributes.user where !Self.ownKeys.contains(key) {
      if let number = LooseJSON(json)?.number { metrics[key] = number }
    }
  }

  /// The metrics that are whole numbers.
  package static let counts: Set<String> = ["epochs", "best_epoch", "parameters"]

  /// The user's attributes that are not metrics.
  private static let ownKeys: Set<String> = [spreadKey, "reason", "parent", TrialConfiguration.key]

  /// What is kept with a trial when it starts.
  func startAttributes(of space: Space, by owner: String) -> StoredAttributes {
    var attributes = StoredAttributes(system: [StoredTrial.ownerKey: owner])
    if !violations.isEmpty { attributes.system["constraints"] = StoredJSON.list(violations) }
    if let parent { attributes.user["parent"] = String(parent) }
    return attributes
  }

  /// A user's attribute: Optuna's dashboard shows it beside the value.
  private static let spreadKey = "spread"

  var endAttributes: StoredAttributes {
    var attributes = StoredAttributes()
    if !spread.isEmpty { attributes.user[Self.spreadKey] = StoredJSON.list(spread) }
    attributes.system[TrialPrecision.key] = precision.json
    if !violations.isEmpty { attributes.system["constraints"] = StoredJSON.list(violations) }
    if let reason { attributes.user["reason"] = StoredJSON.text(reason) }
    if let configuration { attributes.user[TrialConfiguration.key] = configuration.json }
    for (name, value) in metrics where value.isFinite {
      attributes.user[name] =
        TrialRecord.counts.contains(name) ? Int(exactly: value).map(String.init) : StoredJSON.number(value)
    }
    return attributes
  }
}

extension StoredTrial {
  /// Who runs it, if that is a process like this one.
  fileprivate var owner: (owner: TrialOwner, text: String)? {
    guard let text = attributes.system[Self.ownerKey] else { return nil }
    return TrialOwner(self).map { ($0, text) }
  }

  /// How far each constraint is broken: the list that Optuna up to version 4 and this program write, and the attributes of their
  /// own that Optuna 5 writes.
  fileprivate var violations: [Double] {
    let prefix = "constraints:"
    let named = attributes.system.filter { $0.key.hasPrefix(prefix) }.sorted { $0.key < $1.key }
    return StoredJSON.numbers(attributes.system["constraints"])
      + named.map { LooseJSON($0.value)?.number ?? .infinity }.map { $0.isNaN ? .infinity : $0 }
  }

  /// What a waiting trial must have.
  func requiredPoint(in space: Space) -> Point {
    StoredJSON.point(attributes.system["fixed_params"] ?? "{}", in: space)
  }
}

extension StoredParameter {
  /// `foreign` is the distribution as another program has written it, if it has choices that are not values here.
  init(_ name: String, _ value: ParameterValue, in domain: Domain, foreign: StoredDistribution? = nil) {
    self.init(name, domain.number(of: value) ?? 0, foreign ?? StoredDistribution(domain))
  }

  var parameterValue: ParameterValue {
    switch distribution {
    // A float cannot hold every int: the nearest one may lie outside the range, even of all ints.
    case .int(let low, let high, _, _):
      .int(Int(exactly: value.rounded()) ?? (value < Double(low) ? low : high))
    case .float: .float(value)
    case .categorical(let choices):
      Int(exactly: value.rounded(.down)).flatMap { choices.indices.contains($0) ? ParameterValue(choices[$0]) : nil }
        ?? .null
    }
  }
}

extension StoredDistribution {
  init(_ domain: Domain) {
    switch domain {
    case .int(let low, let high, let step, let log):
      let (width, isTooWide) = high.subtractingReportingOverflow(low)
      self = .int(low: low, high: isTooWide ? high : low + width / max(1, step) * max(1, step), step: step, log: log)
    case .float(let low, _, let step, let log):
      self = .float(low: low, high: domain.reachableHigh, step: step, log: log)
    case .categorical(let choices, _):
      self = .categorical(choices.map(StoredChoice.init))
    }
  }
}

extension StoredChoice {
  init(_ value: ParameterValue) {
    switch value {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(value)
    case .float(let value): self = .float(value)
    case .text(let value): self = .text(value)
    }
  }
}

extension Study.State {
  /// Keeps the choices of another program that are not values here, so that what is written of them is what was read.
  fileprivate mutating func noteForeign(_ parameter: StoredParameter) {
    guard case .categorical(let choices) = parameter.distribution else { return }
    let isForeign = choices.contains { if case .other = $0 { true } else { false } }
    if isForeign { foreign[parameter.name] = parameter.distribution }
  }
}

extension ParameterValue {
  init(_ choice: StoredChoice) {
    switch choice {
    case .other(let json): self = .text(json)
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(value)
    case .float(let value): self = .float(value)
    case .text(let value): self = .text(value)
    }
  }
}
