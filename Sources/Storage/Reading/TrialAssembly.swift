import struct FoundationEssentials.Date

/// Puts trials together from rows of seven tables that anybody may have written.
///
/// A column may hold anything: what does not fit is left out and noted as damage, the rest of the trial is kept.
struct TrialAssembly {
  private(set) var trials: [StoredTrial] = []
  private var places: [Int64: Int] = [:]
  private var objectives: [[Int: Double]] = []
  private var distributions: [String: StoredDistribution] = [:]
  private let damage: DamageList

  /// Steps beyond it are not counted by anyone.
  private static let largestStep = Int64(1) << 53

  init(noting damage: DamageList) { self.damage = damage }

  private func note(_ table: String, _ place: Int?, _ what: String) {
    let row = place.map { trials[$0].number < 0 ? "row \(trials[$0].id.rawValue)" : "trial \(trials[$0].number)" }
    damage.add("table \(table), " + (row ?? "a row") + ": " + what)
  }

  /// The place of the trial that a row belongs to.
  private func place(_ id: Int64?) -> Int? { id.flatMap { places[$0] } }

  mutating func addTrial(
    id: Int64?, number: Int64?, state: String?, start: StoredTime, end: StoredTime, version: String? = nil
  ) {
    guard let id, places[id] == nil else { return damage.add("table trials, a row: it has no trial_id") }
    let known = state.flatMap(StoredState.init)
    let new = NewTrial(state: known ?? .failed, start: start.date, end: end.date)
    var trial = StoredTrial(id: TrialID(id), number: number.flatMap { Int(exactly: $0) } ?? -1, new: new)
    trial.version = version
    places[id] = trials.count
    trials.append(trial)
    objectives.append([:])
    let place = trials.count - 1
    if trial.number < 0 { note("trials", place, "number is missing or not a count") }
    if known == nil { note("trials", place, "state is not one that a trial has; it is shown as failed") }
    if start.isDamaged { note("trials", place, "datetime_start is not a date") }
    if end.isDamaged { note("trials", place, "datetime_complete is not a date") }
  }

  mutating func addParameter(of id: Int64?, name: String?, value: Double?, distribution json: String?) {
    guard let place = place(id) else { return }
    guard let name else { return note("trial_params", place, "param_name is missing") }
    guard let json, let distribution = distributions[json] ?? StoredDistribution(json: json) else {
      return note("trial_params", place, "the distribution of '\(name)' cannot be read")
    }
    distributions[json] = distribution
    guard let value, value.isFinite else {
      return note("trial_params", place, "the value of '\(name)' is not a number")
    }
    if case .categorical(let choices) = distribution, !(value >= 0 && value < Double(choices.count)) {
      return note("trial_params", place, "the value of '\(name)' is not one of its choices")
    }
    // Other programs keep ints as doubles: 2^63 - 1 is 2^63 there.
    if case .int = distribution, value != value.rounded() || value.magnitude > 0x1p63 {
      return note("trial_params", place, "the value of '\(name)' is not a whole number of 64 bits")
    }
    trials[place].parameters.append(StoredParameter(name, value, distribution))
  }

  mutating func addValue(of id: Int64?, objective: Int64?, value: Double?, type: String?) {
    guard let place = place(id) else { return }
    guard let objective, (0..<1024).contains(objective), let value = StoredNumber.value(value, type), !value.isNaN
    else { return note("trial_values", place, "a value is not a number") }
    objectives[place][Int(objective)] = value
  }

  mutating func addReport(of id: Int64?, step: Int64?, value: Double?, type: String?) {
    guard let place = place(id) else { return }
    guard let step, (0...Self.largestStep).contains(step), let value = StoredNumber.value(value, type) else {
      return note("trial_intermediate_values", place, "a step or its value is not a number")
    }
    trials[place].reports[Int(step)] = value
  }

  mutating func addAttribute(of id: Int64?, isUser: Bool, key: String?, json: String?) {
    guard let place = place(id) else { return }
    guard let key else { return note("trial_\(isUser ? "user" : "system")_attributes", place, "key is missing") }
    if isUser {
      trials[place].attributes.user[key] = json ?? "null"
    } else {
      trials[place].attributes.system[key] = json ?? "null"
    }
  }

  mutating func addHeartbeat(of id: Int64?, at date: Date?) {
    guard let place = place(id) else { return }
    if date == nil { note("trial_heartbeats", place, "heartbeat is not a date") }
    trials[place].heartbeat = date
  }

  /// The trials, with the values that have no gap.
  mutating func finished() -> [StoredTrial] {
    for place in trials.indices {
      let values = objectives[place]
      trials[place].values = (0..<values.count).compactMap { values[$0] }
      if trials[place].values.count != values.count {
        note("trial_values", place, "the objectives have gaps")
        trials[place].values = []
      }
    }
    return trials
  }
}

/// A date's column: missing, a date, or something else.
enum StoredTime {
  case missing, damaged
  case at(Date)

  init(_ text: String?, isNull: Bool) {
    if isNull { self = .missing } else { self = text.flatMap(StoredDate.date).map(StoredTime.at) ?? .damaged }
  }

  var date: Date? { if case .at(let date) = self { date } else { nil } }
  var isDamaged: Bool { if case .damaged = self { true } else { false } }
}
