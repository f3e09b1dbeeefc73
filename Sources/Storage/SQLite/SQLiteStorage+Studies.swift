import GRDB

extension SQLiteStorage {
  package func studies() throws -> [StoredStudy] {
    try read { db in try studies(db, named: nil) }
  }

  package func study(named name: String) throws -> StoredStudy? {
    try read { db in try studies(db, named: name).first }
  }

  private func studies(_ db: Database, named name: String?) throws -> [StoredStudy] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT study_id, study_name FROM studies WHERE ?1 IS NULL OR study_name = ?1 ORDER BY study_id",
      arguments: [name])
    return try rows.map(AnyRow.init).compactMap { row -> StoredStudy? in
      guard let id = row.int(0), let name = row.text(1) else {
        damage.add("table studies, row \(row.int(0).map { "\($0)" } ?? "?"): study_name is not a text")
        return nil
      }
      var study = StoredStudy(id: StudyID(id), name: name, directions: try directions(db, id, name))
      study.attributes.user = try attributes(db, "study_user_attributes", "study_id", id)
      study.attributes.system = try attributes(db, "study_system_attributes", "study_id", id)
      for count in try Row.fetchAll(
        db, sql: "SELECT state, COUNT(*) FROM trials WHERE study_id = ? GROUP BY state", arguments: [id])
      {
        let count = AnyRow(row: count)
        // A state that is not one is shown as failed.
        let state = count.text(0).flatMap(StoredState.init) ?? .failed
        study.counts[state, default: 0] += Int(count.int(1) ?? 0)
      }
      return study
    }
  }

  private func directions(_ db: Database, _ study: Int64, _ name: String) throws -> [StoredDirection] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT direction, objective FROM study_directions WHERE study_id = ? ORDER BY objective",
      arguments: [study]
    ).map(AnyRow.init)
    if rows.enumerated().contains(where: { $1.int(1) != Int64($0) }) {
      damage.add("table study_directions: the objectives of '\(name)' are not numbered 0, 1, ...")
    }
    return StoredDirection.list(rows.map { $0.text(0) }, of: name, noting: damage)
  }

  private func attributes(_ db: Database, _ table: String, _ column: String, _ id: Int64) throws -> [String: String] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT \"key\", value_json FROM \(table) WHERE \(column) = ?", arguments: [id])
    var result: [String: String] = [:]
    for row in rows.map(AnyRow.init) {
      guard let key = row.text(0) else {
        damage.add("table \(table), study \(id): key is missing")
        continue
      }
      result[key] = row.text(1) ?? "null"
    }
    return result
  }

  package func createStudy(
    named name: String, directions: [StoredDirection], attributes: StoredAttributes
  ) throws -> StudyID {
    try write { db in
      try Self.requireFree(db, name)
      try db.execute(sql: "INSERT INTO studies (study_name) VALUES (?)", arguments: [name])
      let id = db.lastInsertedRowID
      try Self.set(db, directions, id)
      try Self.set(db, attributes, "study", id)
      return StudyID(id)
    }
  }

  package func setDirections(_ directions: [StoredDirection], of study: StudyID) throws {
    try write { db in
      try db.execute(sql: "DELETE FROM study_directions WHERE study_id = ?", arguments: [study.rawValue])
      try Self.set(db, directions, study.rawValue)
    }
  }

  private static func set(_ db: Database, _ directions: [StoredDirection], _ study: Int64) throws {
    for (objective, direction) in directions.enumerated() {
      try db.execute(
        sql: "INSERT INTO study_directions (direction, study_id, objective) VALUES (?, ?, ?)",
        arguments: [direction.rawValue, study, objective])
    }
  }

  private static func requireFree(_ db: Database, _ name: String) throws {
    if try Int64.fetchOne(db, sql: "SELECT study_id FROM studies WHERE study_name = ?", arguments: [name]) != nil {
      throw StorageError(
        .nameIsTaken, "there is a study '\(name)' already",
        hint: "study open \"\(name)\" create=true goes on with it, and makes it if there is none")
    }
  }

  package func renameStudy(_ study: StudyID, to name: String) throws {
    try write { db in
      let own = try String.fetchOne(
        db, sql: "SELECT study_name FROM studies WHERE study_id = ?", arguments: [study.rawValue])
      if own == nil { throw StorageError(.studyDeleted, "the study is no longer there") }
      if own == name { return }
      try Self.requireFree(db, name)
      try db.execute(sql: "UPDATE studies SET study_name = ? WHERE study_id = ?", arguments: [name, study.rawValue])
    }
  }

  package func deleteStudy(_ study: StudyID) throws {
    try write { db in
      for table in StudySchema.trialTables {
        try db.execute(
          sql: "DELETE FROM \(table) WHERE trial_id IN (SELECT trial_id FROM trials WHERE study_id = ?)",
          arguments: [study.rawValue])
      }
      for table in ["trials"] + StudySchema.studyTables + ["studies"] {
        try db.execute(sql: "DELETE FROM \(table) WHERE study_id = ?", arguments: [study.rawValue])
      }
    }
  }

  package func set(_ attributes: StoredAttributes, of study: StudyID) throws {
    try write { db in try Self.set(db, attributes, "study", study.rawValue) }
  }

  /// Sets attributes of a study or a trial.
  static func set(_ db: Database, _ attributes: StoredAttributes, _ owner: String, _ id: Int64) throws {
    for (kind, values) in [("user", attributes.user), ("system", attributes.system)] {
      for (key, json) in values.sorted(by: { $0.key < $1.key }) {
        try db.execute(
          sql: """
            INSERT INTO \(owner)_\(kind)_attributes (\(owner)_id, "key", value_json) VALUES (?, ?, ?)
            ON CONFLICT (\(owner)_id, "key") DO UPDATE SET value_json = excluded.value_json
            """, arguments: [id, key, json])
      }
    }
  }
}
