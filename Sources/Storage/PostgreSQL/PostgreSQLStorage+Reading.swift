import struct FoundationEssentials.Date

extension PostgreSQLStorage {
  package func trials(of study: StudyID, after known: TrialID?, and unfinished: [TrialID]) throws -> [StoredTrial] {
    if unfinished.isEmpty {
      return try trials(
        "of study", "trial_id > $2::int AND study_id = $1::int", ["\(study.rawValue)", "\(known?.rawValue ?? 0)"])
    }
    return try trials(
      "news", "(trial_id > $2::int AND study_id = $1::int) OR trial_id = ANY ($3::int[])",
      ["\(study.rawValue)", "\(known?.rawValue ?? 0)", DatabaseArray.text(unfinished)])
  }

  package func trials(_ ids: [TrialID]) throws -> [StoredTrial] {
    let found = Dictionary(uniqueKeysWithValues: try trials(with: ids).map { ($0.id, $0) })
    return try ids.map { id in
      guard let trial = found[id] else { throw StorageError(.noSuchTrial, "the trial is no longer there") }
      return trial
    }
  }

  /// Those of the trials that are there, by number.
  func trials(with ids: [TrialID]) throws -> [StoredTrial] {
    try trials("by id", "trial_id = ANY ($1::int[])", [DatabaseArray.text(ids)])
  }

  /// A row has another `xmin` after each change of it: of a trial's state and owner.
  private static let trialColumns = "trial_id, number, state, datetime_start, datetime_complete, xmin::text"

  /// Trials by number, with all that belongs to them: a statement a table, in one round trip.
  ///
  /// A later statement may see what was written after an earlier one. The trials themselves come first, so that one that is said to be
  /// finished has all that it finished with; what is newer is seen again at the next look.
  private func trials(_ name: String, _ condition: String, _ values: [String?]) throws -> [StoredTrial] {
    func about(_ columns: String, _ table: String, order: String) -> (DatabaseStatement, [String?]) {
      // Ids that are known need no look at the trials.
      let which =
        condition.hasPrefix("trial_id = ANY")
        ? condition : "trial_id IN (SELECT trial_id FROM trials WHERE \(condition))"
      let sql = "SELECT trial_id, \(columns) FROM \(table) WHERE \(which) \(order)"
      return (DatabaseStatement("\(name): \(table)", sql), values)
    }
    let rows = try run([
      (
        DatabaseStatement(
          "\(name): trials",
          "SELECT \(Self.trialColumns) FROM trials WHERE \(condition) ORDER BY number, trial_id"
        ), values
      ),
      about("param_name, param_value, distribution_json", "trial_params", order: "ORDER BY param_id"),
      about("value, value_type", "trial_values", order: "ORDER BY objective"),
      about("step, intermediate_value, intermediate_value_type", "trial_intermediate_values", order: ""),
      about("\"key\", value_json", "trial_user_attributes", order: ""),
      about("\"key\", value_json", "trial_system_attributes", order: ""),
      // Ages by the server's clock: those of the hosts may differ.
      about("EXTRACT(EPOCH FROM LOCALTIMESTAMP - heartbeat)", "trial_heartbeats", order: ""),
    ])
    return Self.assembled(rows)
  }

  /// From rows of seven kinds: trials, parameters, values, reports, user's and system's attributes, heartbeats.
  static func assembled(_ rows: [DatabaseRows]) -> [StoredTrial] {
    var trials: [StoredTrial] = []
    var places: [String: Int] = [:]
    for row in rows[0] {
      let new = NewTrial(
        state: StoredState(rawValue: row[2]!) ?? .failed, start: row[3].flatMap(StoredDate.date),
        end: row[4].flatMap(StoredDate.date))
      places[row[0]!] = trials.count
      var trial = StoredTrial(
        id: TrialID(Int64(row[0]!)!), number: row[1].flatMap { Int($0) } ?? trials.count, new: new)
      trial.version = row[5]
      trials.append(trial)
    }
    func each(_ index: Int, _ body: (Int, [String?]) -> Void) {
      for row in rows[index] {
        if let place = places[row[0]!] { body(place, row) }
      }
    }
    var distributions: [String: StoredDistribution] = [:]
    each(1) { place, row in
      let json = row[3] ?? ""
      guard let distribution = distributions[json] ?? StoredDistribution(json: json) else { return }
      distributions[json] = distribution
      trials[place].parameters.append(StoredParameter(row[1] ?? "", row[2].flatMap { Double($0) } ?? 0, distribution))
    }
    each(2) { place, row in trials[place].values.append(StoredNumber.value(row[1].flatMap { Double($0) }, row[2]!)) }
    each(3) { place, row in
      trials[place].reports[Int(row[1]!)!] = StoredNumber.value(row[2].flatMap { Double($0) }, row[3]!)
    }
    each(4) { place, row in trials[place].attributes.user[row[1] ?? ""] = row[2] ?? "null" }
    each(5) { place, row in trials[place].attributes.system[row[1] ?? ""] = row[2] ?? "null" }
    each(6) { place, row in
      trials[place].heartbeat = row[1].flatMap { Double($0) }.map { Date(timeIntervalSinceNow: -$0) }
    }
    return trials
  }
}
