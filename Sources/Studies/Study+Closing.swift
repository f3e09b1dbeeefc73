import struct FoundationEssentials.Date
import Search
import Storage

// What happens to a running trial; every function here is called with the study's lock held.
extension Study {
  func keepReport(_ step: Int, _ value: Double, of number: Int, _ state: inout State) throws {
    try storage.report(value, at: step, of: state.ids[number])
    var reports = state.records[number].reports
    let report = TrialRecord.Report(step: step, value: value)
    if let index = reports.lastIndex(where: { $0.step <= step }) {
      if reports[index].step == step { reports[index] = report } else { reports.insert(report, at: index + 1) }
    } else {
      reports.insert(report, at: 0)
    }
    state.records[number].reports = reports
    state.observations[number].reports = reports.map { ($0.step, $0.value) }
  }

  /// Gives a running trial its end; a complete one whose values are not finite fails.
  func close(
    _ number: Int, _ outcome: Outcome, precision: TrialPrecision = TrialPrecision(), violations: [Double] = [],
    _ state: inout State
  ) throws -> TrialRecord {
    var record = state.records[number]
    switch outcome {
    case .complete(let values):
      if let index = values.firstIndex(where: { !$0.isFinite }) {
        let metric = index < state.settings.metrics.count ? state.settings.metrics[index] : "the objective"
        (record.state, record.reason) = (.failed, "\(metric) is \(values[index].isNaN ? "not a number" : "infinite")")
      } else {
        (record.state, record.values, record.precision) = (.complete, values, precision)
      }
    case .pruned(let reason):
      (record.state, record.reason) = (.pruned, reason)
      if let last = record.reports.last?.value, !last.isNaN { record.values = [last] }
    case .failed(let reason):
      (record.state, record.reason) = (.failed, reason ?? "it was told so")
    }
    record.seconds = state.seconds(of: record)
    if record.state == .complete {
      let known = state.settings.violations(of: record) + violations
      if !known.isEmpty { record.violations = known }
    }
    // The storage keeps two dates: their difference is the duration, whatever has been set meanwhile.
    let end = record.start.map { $0.addingTimeInterval(record.seconds ?? 0) } ?? Date()
    return try finish(record, at: end, &state)
  }

  /// Keeps a finished record; where another program has closed the trial meanwhile, what that one kept.
  func finish(_ record: TrialRecord, at end: Date, _ state: inout State) throws -> TrialRecord {
    let done = try storage.finish(
      state.ids[record.number], as: record.state.stored, values: record.values, attributes: record.endAttributes,
      at: end,
      owner: state.claims[record.number])
    state.running.remove(record.number)
    state.claims[record.number] = nil
    state.begun[record.number] = nil
    var record = record
    if !done, let kept = try storage.trials([state.ids[record.number]]).first {
      let number = record.number
      record = TrialRecord(kept, order: state.settings.space.parameters.map(\.name))
      record.number = number
    }
    state.keep(record, id: state.ids[record.number])
    return record
  }

  /// A trial that this process runs goes back to waiting, with the same number and parameters.
  func giveBack(_ number: Int, _ state: inout State) throws {
    try giveBack(number, of: state.claims[number], &state)
  }

  /// The same for the trial of another owner, if it is still that one's.
  func giveBack(_ number: Int, of owner: String?, _ state: inout State) throws {
    var record = state.records[number]
    let point = record.point
    let isReleased = try storage.release(
      state.ids[number], attributes: StoredAttributes(system: ["fixed_params": StoredJSON.object(point)]), owner: owner)
    state.running.remove(number)
    state.claims[number] = nil
    state.begun[number] = nil
    guard isReleased else { return try load(&state) }
    state.elsewhere[number] = nil
    record.state = .waiting
    record.start = nil
    record.reports = []
    (record.configuration, record.metrics) = (nil, [:])
    state.required[number] = point
    if state.firstWith[point] == number { state.firstWith[point] = nil }
    state.keep(record, id: state.ids[number])
  }
}

extension Study.State {
  /// Since a running trial was begun; for one that an earlier process has begun, by its date. nil if nothing says when.
  fileprivate func seconds(of record: TrialRecord) -> Double? {
    if let begun = begun[record.number] { return (ContinuousClock.now - begun) / .seconds(1) }
    return record.start.map { max(0, Date().timeIntervalSince($0)) }
  }

  /// What a running trial is trained with and has measured; stored when it is closed.
  mutating func keep(_ configuration: TrialConfiguration, _ metrics: [String: Double], of number: Int) {
    records[number].configuration = configuration
    records[number].metrics = metrics
  }
}
