import struct FoundationEssentials.Date
import Search
import Storage

extension Study {
  /// The next configuration, for a program outside: everything told so far is looked at.
  ///
  /// nil where the sampler has nothing left. Waiting (enqueued) trials come first.
  package func ask() throws -> TrialRecord? {
    while true {
      let number = try gate.wait { state -> Int? in
        guard state.takeTurn() else { return nil }
        do { try refresh(&state) } catch { state.isSuggesting = false; throw error }
        return state.nextNumber
      }
      switch try start(number, knowing: .everything, planned: nil, isAsked: true) {
      case .started(let record): return record
      case .exhausted: return nil
      case .taken: continue
      }
    }
  }

  /// What is answered to a report.
  package struct ReportAnswer: Sendable, Hashable {
    package var shouldPrune: Bool
    /// The value that the step had already: the first one stays, as in Optuna.
    package var earlier: Double?
  }

  /// Keeps an intermediate value and says whether to prune the trial.
  package func report(_ number: Int, step: Int, value: Double) throws -> ReportAnswer {
    try gate.change { state in
      try takeAgain(number, &state)
      try state.requireRunning(number)
      let earlier = state.records[number].reports.first { $0.step == step }?.value
      if earlier == nil { try keepReport(step, value, of: number, &state) }
      guard state.settings.directions.count == 1 else { return ReportAnswer(shouldPrune: false, earlier: earlier) }
      let shouldPrune = state.pruner.shouldPrune(
        PruningRequest(
          trial: state.observations[number],
          history: state.pruner.looksBack ? state.observations.filter { $0.number != number } : [],
          direction: state.settings.directions[0], key: String(state.settings.seed)))
      return ReportAnswer(shouldPrune: shouldPrune, earlier: earlier)
    }
  }

  /// A trial waits again when the process that asked for it has ended; a program that still works on it may tell of it.
  private func takeAgain(_ number: Int, _ state: inout State) throws {
    try refresh(&state)
    // One that was enqueued with a part of its parameters has no configuration yet.
    guard let point = state.required[number], state.settings.space.contains(point) else { return }
    _ = try begin(number, Suggestion(point, parent: state.records[number].parent), true, &state)
  }

  /// How a trial ended.
  package enum Outcome: Sendable {
    case complete([Double])
    case pruned(reason: String? = nil)
    case failed(reason: String?)
  }

  /// Closes a trial. Values that are not finite fail it. `violations` are constraints that only the caller knows, feasible where
  /// none is positive.
  @discardableResult
  package func tell(_ number: Int, _ outcome: Outcome, violations: [Double] = []) throws -> TrialRecord {
    try gate.change { state in
      try takeAgain(number, &state)
      try state.requireRunning(number)
      if case .complete(let values) = outcome, values.count != state.settings.directions.count {
        let wanted = state.settings.directions.count
        throw StudyError("this study needs \(wanted) value\(wanted == 1 ? "" : "s") per trial, got \(values.count)")
      }
      return try close(number, outcome, violations: violations, &state)
    }
  }

  /// Puts a configuration, or a part of one, at the head of what is tried next; returns the trial's number.
  @discardableResult
  package func enqueue(_ point: Point) throws -> Int {
    try gate.change { state in
      try refresh(&state)
      let space = state.settings.space
      for (name, value) in point.sorted(by: { $0.key < $1.key }) {
        guard let parameter = space[name] else {
          throw StudyError(
            "'\(name)' is not in the space", hint: "it has " + space.parameters.map(\.name).joined(separator: ", "))
        }
        if !parameter.domain.contains(value) { throw StudyError("\(value) is not a value of '\(name)' in the space") }
      }
      let attributes = [
        "fixed_params": StoredJSON.object(point), StoredTrial.ownerKey: TrialOwner.claim(asked: false).json,
      ]
      let new = NewTrial(state: .waiting, attributes: StoredAttributes(system: attributes))
      var added = try storage.add(new, to: state.id, expecting: state.records.count, numbered: state.freeNumber)
      while added == nil {
        try load(&state)
        added = try storage.add(new, to: state.id, expecting: state.records.count, numbered: state.freeNumber)
      }
      let stored = added!
      let params = space.parameters.compactMap { parameter in
        point[parameter.name].map { TrialRecord.Parameter(parameter.name, $0) }
      }
      let record = TrialRecord(number: state.records.count, state: .waiting, params: params)
      state.required[record.number] = point
      state.noteNumber(stored.number, at: record.number)
      state.keep(record, id: stored.id)
      return record.number
    }
  }

  /// What came of starting a trial.
  enum Start {
    case started(TrialRecord)
    /// The sampler has nothing left.
    case exhausted
    /// Another program was faster.
    case taken
  }

  /// What the sampler is asked for a trial, and what the trial must have.
  struct Question {
    var request: SamplingRequest
    var sampler: any Sampler
    var required: Point?
    var parent: Int?
  }

  /// What a suggestion may look at.
  enum Knowledge {
    /// Results of trials up to number - parallel; those between are pending.
    case upTo(parallel: Int)
    case everything
  }

  /// Makes trial `number` running, with a configuration from its requirements or the sampler. `steps` are those of a
  /// whole trial, if they are known. The caller has taken the turn.
  func start(_ number: Int, knowing knowledge: Knowledge, planned: Int?, steps: Int? = nil, isAsked: Bool = false)
    throws -> Start
  {
    defer {
      gate.change { $0.isSuggesting = false }
      // A turn that no trial came of; the others need not wait for it.
      try? storage.endTurn()
    }
    let question = gate.withLock { $0.question(number, knowledge, planned, steps: steps) }
    if let refusal = gate.withLock({ $0.refusal }) { throw refusal }
    guard let suggestion = try choose(question) else { return .exhausted }
    return try gate.change { state in try begin(number, suggestion, isAsked, &state).map(Start.started) ?? .taken }
  }

  /// A configuration that meets the requirements (an interrupted trial's are all of it, and its parent), and, where these leave a choice, one that has not been tried.
  func choose(_ question: Question) throws -> Suggestion? {
    let (sampler, required) = (question.sampler, question.required)
    var request = question.request
    if let required, request.space.contains(required) { return Suggestion(required, parent: question.parent) }
    var first: Suggestion?
    for attempt in 0..<20 {
      request.attempt = attempt
      let source: any Sampler = attempt < 4 ? sampler : RandomSampler()
      let found =
        try required.map { source.completing($0, for: request) } ?? source.feasibleSuggestion(request)
      guard let suggestion = found else { return first }
      if first == nil { first = suggestion }
      // Asked under the lock, not of a copy: the table is as long as the study, and grows with each trial.
      let isTaken = gate.withLock { $0.firstWith[suggestion.point].map { $0 < request.number } ?? false }
      if suggestion.parent != nil || !isTaken { return suggestion }
    }
    return first
  }

  /// nil where another program has taken the waiting trial, or the number.
  private func begin(_ wanted: Int, _ suggestion: Suggestion, _ isAsked: Bool, _ state: inout State) throws
    -> TrialRecord?
  {
    let space = state.settings.space
    let params = space.active(in: suggestion.point).compactMap { parameter in
      suggestion.point[parameter.name].map { TrialRecord.Parameter(parameter.name, $0) }
    }
    var record = TrialRecord(number: wanted, state: .running, params: params)
    record.parent = suggestion.parent
    record.violations = space.violations(of: suggestion.point)
    record.start = Date()
    let begun = ContinuousClock.now
    let parameters = params.compactMap { parameter in
      space[parameter.name].map {
        StoredParameter(parameter.name, parameter.value, in: $0.domain, foreign: state.foreign[parameter.name])
      }
    }
    let claim = TrialOwner.claim(asked: isAsked).json
    let attributes = record.startAttributes(of: space, by: claim)
    if wanted < state.ids.count {
      guard try storage.claim(state.ids[wanted], parameters: parameters, attributes: attributes, at: record.start!)
      else {
        state.required[wanted] = nil
        try load(&state)
        return nil
      }
      record.reports = state.records[wanted].reports
      state.keep(record, id: state.ids[wanted])
    } else {
      let new = NewTrial(state: .running, parameters: parameters, attributes: attributes, start: record.start)
      guard let stored = try storage.add(new, to: state.id, expecting: wanted, numbered: state.freeNumber) else {
        try load(&state)
        return nil
      }
      state.noteNumber(stored.number, at: record.number)
      state.keep(record, id: stored.id)
    }
    state.required[record.number] = nil
    state.running.insert(record.number)
    state.claims[record.number] = claim
    state.begun[record.number] = begun
    state.elsewhere[record.number] = nil
    if isAsked { state.asked.insert(record.number) }
    return record
  }
}

extension Study.State {
  /// Waiting trials in order, then a new one.
  var nextNumber: Int { required.keys.min() ?? records.count }

  /// One suggestion at a time, so that each sees the ones before it.
  mutating func takeTurn() -> Bool {
    if isSuggesting { return false }
    isSuggesting = true
    return true
  }

  func requireRunning(_ number: Int) throws {
    guard records.indices.contains(number) else { throw StudyError("there is no trial \(number)") }
    guard records[number].state == .running else {
      throw StudyError("trial \(number) is not running, it is \(records[number].state.rawValue)")
    }
  }

  func question(_ number: Int, _ knowledge: Study.Knowledge, _ planned: Int?, steps: Int? = nil) -> Study.Question {
    let (earlier, transferred) = transfer(to: number, knowledge)
    var history = sampler.looksBack ? self.history(for: number, knowledge) : []
    if sampler.learnsFromComparable {
      history = pruner.comparable(history, with: number, key: String(settings.seed), steps: steps)
    }
    var request = SamplingRequest(
      number: number, space: settings.space, directions: settings.directions, history: history, seed: settings.seed,
      planned: planned)
    request.transferred = transferred
    return Study.Question(
      request: request, sampler: sampler, required: required[number] ?? earlier,
      parent: number < records.count ? records[number].parent : nil)
  }

  /// What a new trial is to have of an earlier study's configurations, and how many trials have had their part.
  func transfer(to number: Int, _ knowledge: Study.Knowledge) -> (values: Point?, transferred: Int) {
    guard !settings.earlier.isEmpty, number < EarlierStart.span else { return (nil, 0) }
    let start = EarlierStart(settings.earlier, in: settings.space)
    return start.next(after: history(for: number, knowledge), settings.directions)
  }

  /// What the sampler may see for a trial.
  func history(for number: Int, _ knowledge: Study.Knowledge) -> [Observation] {
    switch knowledge {
    case .everything:
      // Nothing to leave out: the list itself, where a copy of ten thousand trials costs as much as a suggestion.
      if number >= observations.count && required.isEmpty { return observations }
      return observations.filter { $0.number != number && $0.state != .waiting }
    case .upTo(let parallel):
      var history = number >= observations.count ? observations : Array(observations[..<number])
      for index in Swift.max(0, number - parallel + 1)..<Swift.max(number, 0) where index < history.count {
        history[index].state = .running
        history[index].values = []
        history[index].reports = []
      }
      return history
    }
  }
}
