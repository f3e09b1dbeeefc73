import struct FoundationEssentials.Date
import GRDB

extension SQLiteStorage {
  package func add(_ trial: NewTrial, to study: StudyID, expecting expected: Int?, numbered number: Int?) throws
    -> StoredTrial?
  {
    try write { db in
      try Self.requireStudy(db, study)
      let count =
        try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM trials WHERE study_id = ?", arguments: [study.rawValue]) ?? 0
      if let expected, expected != count { return nil }
      let number = number ?? count
      try db.execute(
        sql: "INSERT INTO trials (number, study_id, state, datetime_start, datetime_complete) VALUES (?, ?, ?, ?, ?)",
        arguments: [
          number, study.rawValue, trial.state.rawValue, trial.start.map(StoredDate.text),
          trial.end.map(StoredDate.text),
        ])
      let id = db.lastInsertedRowID
      try Self.set(db, trial.parameters, of: id)
      try Self.set(db, trial.values, of: id)
      try Self.set(db, trial.attributes, "trial", id)
      if trial.state == .running { try Self.beat(db, id) }
      return StoredTrial(id: TrialID(id), number: number, new: trial)
    }
  }

  private static func requireStudy(_ db: Database, _ study: StudyID) throws {
    let found = try Int64.fetchOne(
      db, sql: "SELECT study_id FROM studies WHERE study_id = ?", arguments: [study.rawValue])
    if found == nil { throw StorageError(.studyDeleted, "the study is no longer there") }
  }

  private static func set(_ db: Database, _ parameters: [StoredParameter], of trial: Int64) throws {
    try db.execute(sql: "DELETE FROM trial_params WHERE trial_id = ?", arguments: [trial])
    for parameter in parameters {
      try db.execute(
        sql: "INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) VALUES (?, ?, ?, ?)",
        arguments: [trial, parameter.name, parameter.value, parameter.distribution.json])
    }
  }

  private static func set(_ db: Database, _ values: [Double], of trial: Int64) throws {
    try db.execute(sql: "DELETE FROM trial_values WHERE trial_id = ?", arguments: [trial])
    for (objective, value) in values.enumerated() {
      let (number, type) = StoredNumber.columns(of: value)
      try db.execute(
        sql: "INSERT INTO trial_values (trial_id, objective, value, value_type) VALUES (?, ?, ?, ?)",
        arguments: [trial, objective, number, type])
    }
  }

  private static func beat(_ db: Database, _ trial: Int64) throws {
    try db.execute(
      sql: """
        INSERT INTO trial_heartbeats (trial_id, heartbeat) VALUES (?, CURRENT_TIMESTAMP)
        ON CONFLICT (trial_id) DO UPDATE SET heartbeat = excluded.heartbeat
        """, arguments: [trial])
  }

  package func claim(
    _ trial: TrialID, parameters: [StoredParameter], attributes: StoredAttributes, at start: Date
  ) throws -> Bool {
    try write { db in
      try db.execute(
        sql: "UPDATE trials SET state = 'RUNNING', datetime_start = ? WHERE trial_id = ? AND state = 'WAITING'",
        arguments: [StoredDate.text(start), trial.rawValue])
      guard db.changesCount == 1 else { return false }
      try Self.set(db, parameters, of: trial.rawValue)
      try Self.set(db, attributes, "trial", trial.rawValue)
      try Self.beat(db, trial.rawValue)
      return true
    }
  }

  package func release(_ trial: TrialID, attributes: StoredAttributes, owner: String?) throws -> Bool {
    try write { db in
      guard try Self.isOwned(db, trial, owner) else { return false }
      try db.execute(
        sql: "UPDATE trials SET state = 'WAITING', datetime_start = NULL WHERE trial_id = ? AND state = 'RUNNING'",
        arguments: [trial.rawValue])
      guard db.changesCount == 1 else { return false }
      try db.execute(sql: "DELETE FROM trial_heartbeats WHERE trial_id = ?", arguments: [trial.rawValue])
      // Another program that takes the trial sets the parameters itself, from fixed_params.
      try db.execute(sql: "DELETE FROM trial_params WHERE trial_id = ?", arguments: [trial.rawValue])
      try Self.set(db, attributes, "trial", trial.rawValue)
      return true
    }
  }

  private static func isOwned(_ db: Database, _ trial: TrialID, _ owner: String?) throws -> Bool {
    guard let owner else { return true }
    let kept = try String.fetchOne(
      db, sql: "SELECT value_json FROM trial_system_attributes WHERE trial_id = ? AND \"key\" = ?",
      arguments: [trial.rawValue, StoredTrial.ownerKey])
    return kept == owner
  }

  package func report(_ value: Double, at step: Int, of trial: TrialID) throws {
    try write { db in
      let (number, type) = StoredNumber.columns(of: value)
      try db.execute(
        sql: """
          INSERT INTO trial_intermediate_values (trial_id, step, intermediate_value, intermediate_value_type) VALUES (?, ?, ?, ?)
          ON CONFLICT (trial_id, step) DO UPDATE
          SET intermediate_value = excluded.intermediate_value, intermediate_value_type = excluded.intermediate_value_type
          """, arguments: [trial.rawValue, step, number, type])
    }
  }

  package func finish(
    _ trial: TrialID, as state: StoredState, values: [Double], attributes: StoredAttributes, at end: Date,
    owner: String?
  ) throws -> Bool {
    try write { db in
      guard try Self.isOwned(db, trial, owner) else { return false }
      try db.execute(
        sql: "UPDATE trials SET state = ?, datetime_complete = ? WHERE trial_id = ? AND state = 'RUNNING'",
        arguments: [state.rawValue, StoredDate.text(end), trial.rawValue])
      guard db.changesCount == 1 else { return false }
      try Self.set(db, values, of: trial.rawValue)
      try Self.set(db, attributes, "trial", trial.rawValue)
      try db.execute(sql: "DELETE FROM trial_heartbeats WHERE trial_id = ?", arguments: [trial.rawValue])
      return true
    }
  }

  package func set(_ attributes: StoredAttributes, of trial: TrialID) throws {
    try write { db in try Self.set(db, attributes, "trial", trial.rawValue) }
  }

  package func beat(_ trials: [TrialID]) throws {
    if trials.isEmpty { return }
    try write { db in for trial in trials { try Self.beat(db, trial.rawValue) } }
  }

  package func trials(of study: StudyID, after known: TrialID?, and unfinished: [TrialID]) throws -> [StoredTrial] {
    try read { db in
      try Self.requireStudy(db, study)
      let list = unfinished.map { String($0.rawValue) }.joined(separator: ", ")
      return try trials(
        db, where: "(study_id = \(study.rawValue) AND trial_id > \(known?.rawValue ?? -1)) OR trial_id IN (\(list))")
    }
  }

  package func trials(_ ids: [TrialID]) throws -> [StoredTrial] {
    try read { db in
      let list = ids.map { String($0.rawValue) }.joined(separator: ", ")
      let found = Dictionary(
        try trials(db, where: "trial_id IN (\(list))").map { ($0.id, $0) }, uniquingKeysWith: { $1 })
      return try ids.map { id in
        guard let trial = found[id] else { throw StorageError(.noSuchTrial, "the trial is no longer there") }
        return trial
      }
    }
  }

  /// Trials by number, with all that belongs to them: one query per table.
  private func trials(_ db: Database, where condition: String) throws -> [StoredTrial] {
    var assembly = TrialAssembly(noting: damage)
    // A damaged page hides the rows of one table, not those of the others.
    func each(_ sql: String, _ table: String, _ body: (AnyRow) -> Void) throws {
      do {
        let rows = try Row.fetchCursor(db, sql: sql)
        while let row = try rows.next() { body(AnyRow(row: row)) }
      } catch let error as DatabaseError where Self.isDamage(error) {
        damage.add("table \(table): \(error.message ?? "it cannot be read to its end")")
      }
    }
    func about(_ columns: String, _ table: String, order: String, _ body: (AnyRow) -> Void) throws {
      let which = "trial_id IN (SELECT trial_id FROM trials WHERE \(condition))"
      try each("SELECT trial_id, \(columns) FROM \(table) WHERE \(which) ORDER BY \(order)", table, body)
    }
    let order = "ORDER BY number, trial_id"
    try each(
      "SELECT trial_id, number, state, datetime_start, datetime_complete FROM trials WHERE \(condition) \(order)",
      "trials"
    ) { row in
      assembly.addTrial(
        id: row.int(0), number: row.int(1), state: row.text(2), start: row.time(3), end: row.time(4))
    }
    if assembly.trials.isEmpty { return [] }
    try about("param_name, param_value, distribution_json", "trial_params", order: "param_id") { row in
      assembly.addParameter(of: row.int(0), name: row.text(1), value: row.number(2), distribution: row.text(3))
    }
    try about("objective, value, value_type", "trial_values", order: "objective") { row in
      assembly.addValue(of: row.int(0), objective: row.int(1), value: row.number(2), type: row.text(3))
    }
    try about("step, intermediate_value, intermediate_value_type", "trial_intermediate_values", order: "step") { row in
      assembly.addReport(of: row.int(0), step: row.int(1), value: row.number(2), type: row.text(3))
    }
    for isUser in [true, false] {
      try about("\"key\", value_json", "trial_\(isUser ? "user" : "system")_attributes", order: "trial_id") { row in
        assembly.addAttribute(of: row.int(0), isUser: isUser, key: row.text(1), json: row.text(2))
      }
    }
    try about("heartbeat", "trial_heartbeats", order: "trial_id") { row in
      assembly.addHeartbeat(of: row.int(0), at: row.time(1).date)
    }
    return assembly.finished()
  }
}
