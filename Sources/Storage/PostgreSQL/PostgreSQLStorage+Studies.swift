extension PostgreSQLStorage {
  package func studies() throws -> [StoredStudy] { try studies(named: nil) }

  package func study(named name: String) throws -> StoredStudy? { try studies(named: name).first }

  private func studies(named name: String?) throws -> [StoredStudy] {
    let which = "SELECT study_id FROM studies WHERE $1::text IS NULL OR study_name = $1::text"
    func about(_ columns: String, _ table: String, _ rest: String) -> (DatabaseStatement, [String?]) {
      (
        DatabaseStatement(
          "studies of \(table)", "SELECT study_id, \(columns) FROM \(table) WHERE study_id IN (\(which)) \(rest)"),
        [name]
      )
    }
    let rows = try run([
      about("study_name", "studies", "ORDER BY study_id"),
      about("direction", "study_directions", "ORDER BY study_id, objective"),
      about("\"key\", value_json", "study_user_attributes", ""),
      about("\"key\", value_json", "study_system_attributes", ""),
      about("state, COUNT(*)", "trials", "GROUP BY study_id, state"),
    ])
    var studies: [StoredStudy] = []
    var places: [String: Int] = [:]
    var directions: [String: [String?]] = [:]
    for row in rows[0] {
      guard let text = row[0], let id = Int64(text), let name = row[1] else { continue }
      places[text] = studies.count
      studies.append(StoredStudy(id: StudyID(id), name: name, directions: []))
    }
    // Another program may have begun a study after the first statement: its rows belong to none that is known.
    for row in rows[1] { if let id = row[0] { directions[id, default: []].append(row[1]) } }
    for (id, place) in places {
      studies[place].directions = StoredDirection.list(directions[id] ?? [], of: studies[place].name, noting: damage)
    }
    for row in rows[2] {
      if let place = row[0].flatMap({ places[$0] }), let key = row[1] {
        studies[place].attributes.user[key] = row[2] ?? "null"
      }
    }
    for row in rows[3] {
      if let place = row[0].flatMap({ places[$0] }), let key = row[1] {
        studies[place].attributes.system[key] = row[2] ?? "null"
      }
    }
    for row in rows[4] {
      guard let place = row[0].flatMap({ places[$0] }) else { continue }
      let state = row[1].flatMap(StoredState.init) ?? .failed
      studies[place].counts[state, default: 0] += row[2].flatMap { Int($0) } ?? 0
    }
    return studies
  }

  package func createStudy(
    named name: String, directions: [StoredDirection], attributes: StoredAttributes
  ) throws -> StudyID {
    let made = try run([
      (
        DatabaseStatement(
          "create study",
          """
          WITH study AS (INSERT INTO studies (study_name) VALUES ($1::text) ON CONFLICT (study_name) DO NOTHING RETURNING study_id),
          directions AS (
            INSERT INTO study_directions (study_id, objective, direction)
            SELECT study_id, d.place - 1, d.direction::studydirection
            FROM study, unnest($2::text[]) WITH ORDINALITY AS d (direction, place)),
          \(Self.attributes(of: "study", from: "study", "$3", "$4", "$5", "$6"))
          SELECT study_id FROM study
          """), [name, DatabaseArray.text(directions.map(\.rawValue))] + attributes.arrays
      )
    ])
    guard let id = made[0].first?[0].flatMap({ Int64($0) }) else { throw taken(name) }
    return StudyID(id)
  }

  package func setDirections(_ directions: [StoredDirection], of study: StudyID) throws {
    let id = "\(study.rawValue)"
    try run([
      (Self.lockStudy, [id]),
      (DatabaseStatement("", "DELETE FROM study_directions WHERE study_id = $1::int"), [id]),
      (
        DatabaseStatement(
          "",
          """
          INSERT INTO study_directions (study_id, objective, direction)
          SELECT $1::int, d.place - 1, d.direction::studydirection
          FROM unnest($2::text[]) WITH ORDINALITY AS d (direction, place)
          """), [id, DatabaseArray.text(directions.map(\.rawValue))]
      ),
    ])
  }

  private func taken(_ name: String) -> StorageError {
    StorageError(
      .nameIsTaken, "there is a study '\(name)' already",
      hint: "study open \"\(name)\" create=true goes on with it, and makes it if there is none")
  }

  package func renameStudy(_ study: StudyID, to name: String) throws {
    let found = try run([
      (Self.lockStudy, ["\(study.rawValue)"]),
      (
        DatabaseStatement(
          "rename",
          """
          UPDATE studies SET study_name = $2::text WHERE study_id = $1::int
          AND NOT EXISTS (SELECT 1 FROM studies WHERE study_name = $2::text AND study_id <> $1::int) RETURNING 1
          """), ["\(study.rawValue)", name]
      ),
    ])
    if found[0].isEmpty { throw StorageError(.studyDeleted, "the study is no longer there") }
    if found[1].isEmpty { throw taken(name) }
  }

  package func deleteStudy(_ study: StudyID) throws {
    let id: [String?] = ["\(study.rawValue)"]
    try run(
      [(Self.lockStudy, id)]
        + StudySchema.trialTables.map {
          (
            DatabaseStatement(
              "", "DELETE FROM \($0) WHERE trial_id IN (SELECT trial_id FROM trials WHERE study_id = $1::int)"), id
          )
        }
        + (["trials"] + StudySchema.studyTables + ["studies"]).map {
          (DatabaseStatement("", "DELETE FROM \($0) WHERE study_id = $1::int"), id)
        })
  }

  package func set(_ attributes: StoredAttributes, of study: StudyID) throws {
    try run([
      (
        DatabaseStatement(
          "study attributes",
          """
          WITH study AS (SELECT study_id FROM studies WHERE study_id = $1::int),
          \(Self.attributes(of: "study", from: "study", "$2", "$3", "$4", "$5"))
          SELECT 1
          """), ["\(study.rawValue)"] + attributes.arrays
      )
    ])
  }

  /// Under this lock, Optuna's too, a study's trials get their numbers.
  static let lockStudy = DatabaseStatement(
    "lock study", "SELECT study_id FROM studies WHERE study_id = $1::int FOR UPDATE")

  /// The parts of a WITH that set attributes of the `owner` row in `from`, from four arrays: keys and values, user's and system's.
  static func attributes(
    of owner: String, from: String, _ userKeys: String, _ userValues: String, _ systemKeys: String,
    _ systemValues: String
  ) -> String {
    [("user", userKeys, userValues), ("system", systemKeys, systemValues)].map { kind, keys, values in
      """
      \(kind)_attributes AS (
        INSERT INTO \(owner)_\(kind)_attributes (\(owner)_id, "key", value_json)
        SELECT \(owner)_id, a.k, a.v FROM \(from), unnest(\(keys)::text[], \(values)::text[]) AS a (k, v)
        ON CONFLICT (\(owner)_id, "key") DO UPDATE SET value_json = excluded.value_json)
      """
    }.joined(separator: ",\n")
  }
}

extension StoredAttributes {
  /// Keys and values of the user's, then of the system's, as a database's arrays.
  var arrays: [String?] {
    [user, system].flatMap { values -> [String?] in
      let sorted = values.sorted { $0.key < $1.key }
      return [DatabaseArray.text(sorted.map(\.key)), DatabaseArray.text(sorted.map(\.value))]
    }
  }
}
