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
    let found = Dictionary(try trials(with: ids).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
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
      about("objective, value, value_type", "trial_values", order: "ORDER BY objective"),
      about("step, intermediate_value, intermediate_value_type", "trial_intermediate_values", order: ""),
      about("\"key\", value_json", "trial_user_attributes", order: ""),
      about("\"key\", value_json", "trial_system_attributes", order: ""),
      // Ages by the server's clock: those of the hosts may differ.
      about("EXTRACT(EPOCH FROM LOCALTIMESTAMP - heartbeat)", "trial_heartbeats", order: ""),
    ])
    return Self.assembled(rows, noting: damage)
  }

  /// From rows of seven kinds: trials, parameters, values, reports, user's and system's attributes, heartbeats.
  static func assembled(_ rows: [DatabaseRows], noting damage: DamageList) -> [StoredTrial] {
    var assembly = TrialAssembly(noting: damage)
    func int(_ row: [String?], _ column: Int) -> Int64? { row[column].flatMap { Int64($0) } }
    func number(_ row: [String?], _ column: Int) -> Double? { row[column].flatMap { Double($0) } }
    func time(_ text: String?) -> StoredTime { StoredTime(text, isNull: text == nil) }
    for row in rows[0] {
      assembly.addTrial(
        id: int(row, 0), number: int(row, 1), state: row[2], start: time(row[3]), end: time(row[4]), version: row[5])
    }
    for row in rows[1] {
      assembly.addParameter(of: int(row, 0), name: row[1], value: number(row, 2), distribution: row[3])
    }
    for row in rows[2] {
      assembly.addValue(of: int(row, 0), objective: int(row, 1), value: number(row, 2), type: row[3])
    }
    for row in rows[3] { assembly.addReport(of: int(row, 0), step: int(row, 1), value: number(row, 2), type: row[3]) }
    for (index, isUser) in [(4, true), (5, false)] {
      for row in rows[index] { assembly.addAttribute(of: int(row, 0), isUser: isUser, key: row[1], json: row[2]) }
    }
    for row in rows[6] {
      let age = number(row, 1).flatMap { $0.isFinite && abs($0) < 1e12 ? $0 : nil }
      assembly.addHeartbeat(of: int(row, 0), at: age.map { Date(timeIntervalSinceNow: -$0) })
    }
    return assembly.finished()
  }
}
