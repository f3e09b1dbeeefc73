import struct FoundationEssentials.Date

extension PostgreSQLStorage {
  package func add(_ trial: NewTrial, to study: StudyID, expecting expected: Int?, numbered number: Int?) throws
    -> StoredTrial?
  {
    let values: [String?] =
      [
        "\(study.rawValue)", expected.map { "\($0)" }, trial.state.rawValue, trial.start.map(StoredDate.text),
        trial.end.map(StoredDate.text),
      ]
      + trial.parameters.arrays + trial.values.arrays + trial.attributes.arrays + [number.map { "\($0)" }]
    let owner = trial.attributes.system[StoredTrial.ownerKey]
    return try perform { connection, isRepeated in
      // The first attempt's answer may have been lost, not the attempt: its trial is the last one that has this owner.
      if isRepeated, let owner {
        let made = try connection.run([(Self.newest, ["\(study.rawValue)", owner])])[0]
        if let row = made.first { return Self.stored(row, trial) }
      }
      let rows = try Self.runAndEndTurn([(Self.lockStudy, ["\(study.rawValue)"]), (Self.add, values)], connection)
      if rows[0].isEmpty { throw StorageError(.studyDeleted, "the study is no longer there") }
      return rows[1].first.flatMap { Self.stored($0, trial) }
    }
  }

  /// From a row of an identity and a number.
  private static func stored(_ row: [String?], _ trial: NewTrial) -> StoredTrial? {
    guard let id = row[0].flatMap({ Int64($0) }), let number = row[1].flatMap({ Int($0) }) else { return nil }
    return StoredTrial(id: TrialID(id), number: number, new: trial)
  }

  private static let newest = DatabaseStatement(
    "newest of owner",
    """
    SELECT trial_id, number FROM trials t
    WHERE trial_id IN (SELECT trial_id FROM trials WHERE study_id = $1::int ORDER BY trial_id DESC LIMIT 1000) AND EXISTS (
      SELECT 1 FROM trial_system_attributes a
      WHERE a.trial_id = t.trial_id AND a."key" = '\(StoredTrial.ownerKey)' AND a.value_json = $2::text)
    ORDER BY trial_id DESC LIMIT 1
    """)

  /// Identities come under the study's lock, so the newest trial has the highest number: found without counting. Only if the one
  /// after it is not the number given (numbers with gaps, or a trial that came meanwhile) are the trials counted.
  private static let add = DatabaseStatement(
    "add",
    """
    WITH newest AS (
      SELECT COALESCE((SELECT number FROM trials WHERE study_id = $1::int ORDER BY trial_id DESC LIMIT 1), -1)::bigint + 1 AS number
      FROM studies WHERE study_id = $1::int),
    next AS (
      SELECT COALESCE($15::bigint, $2::bigint, number)::int AS number FROM newest
      WHERE CASE WHEN $2::int IS NULL OR number = COALESCE($15::bigint, $2::int) THEN TRUE
        ELSE (SELECT COUNT(*) FROM trials WHERE study_id = $1::int) = $2::int END),
    trial AS (
      INSERT INTO trials (number, study_id, state, datetime_start, datetime_complete)
      SELECT number, $1::int, $3::trialstate, $4::timestamp, $5::timestamp FROM next RETURNING trial_id, number, state),
    \(parameters(from: "trial", "$6", "$7", "$8")),
    \(values(from: "trial", "$9", "$10")),
    \(attributes(of: "trial", from: "trial", "$11", "$12", "$13", "$14")),
    beat AS (
      INSERT INTO trial_heartbeats (trial_id, heartbeat) SELECT trial_id, LOCALTIMESTAMP FROM trial WHERE state = 'RUNNING')
    SELECT trial_id, number FROM trial
    """)

  private static func parameters(from: String, _ names: String, _ values: String, _ distributions: String) -> String {
    """
    parameters AS (
      INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json)
      SELECT trial_id, p.n, p.v, p.d FROM \(from), unnest(\(names)::text[], \(values)::float8[], \(distributions)::text[]) AS p (n, v, d)
      ON CONFLICT (trial_id, param_name)
      DO UPDATE SET param_value = excluded.param_value, distribution_json = excluded.distribution_json)
    """
  }

  private static func values(from: String, _ numbers: String, _ types: String) -> String {
    """
    objectives AS (
      INSERT INTO trial_values (trial_id, objective, value, value_type)
      SELECT trial_id, o.place - 1, o.value, o.type::trialvaluetype
      FROM \(from), unnest(\(numbers)::float8[], \(types)::text[]) WITH ORDINALITY AS o (value, type, place)
      ON CONFLICT (trial_id, objective) DO UPDATE SET value = excluded.value, value_type = excluded.value_type)
    """
  }

  package func claim(
    _ trial: TrialID, parameters: [StoredParameter], attributes: StoredAttributes, at start: Date
  ) throws -> Bool {
    try change(
      trial, Self.claim, [StoredDate.text(start)] + parameters.arrays + attributes.arrays,
      done: "state = 'RUNNING'", by: attributes.system[StoredTrial.ownerKey], endsTurn: true)
  }

  private static let claim = DatabaseStatement(
    "claim",
    """
    WITH trial AS (
      UPDATE trials SET state = 'RUNNING', datetime_start = $2::timestamp
      WHERE trial_id = $1::int AND state = 'WAITING' RETURNING trial_id),
    others AS (
      DELETE FROM trial_params WHERE trial_id IN (SELECT trial_id FROM trial) AND param_name <> ALL ($3::text[])),
    \(parameters(from: "trial", "$3", "$4", "$5")),
    \(attributes(of: "trial", from: "trial", "$6", "$7", "$8", "$9")),
    beat AS (
      INSERT INTO trial_heartbeats (trial_id, heartbeat) SELECT trial_id, LOCALTIMESTAMP FROM trial
      ON CONFLICT (trial_id) DO UPDATE SET heartbeat = excluded.heartbeat)
    SELECT 1 FROM trial
    """)

  package func release(_ trial: TrialID, attributes: StoredAttributes, owner: String?) throws -> Bool {
    try change(trial, Self.release, [owner] + attributes.arrays, done: "state = 'WAITING'", by: owner)
  }

  /// Parameters go: another program that takes the trial sets them itself, from fixed_params.
  private static let release = DatabaseStatement(
    "release",
    """
    WITH trial AS (
      UPDATE trials SET state = 'WAITING', datetime_start = NULL
      WHERE trial_id = $1::int AND state = 'RUNNING' AND \(isOwned("$2")) RETURNING trial_id),
    beat AS (DELETE FROM trial_heartbeats WHERE trial_id IN (SELECT trial_id FROM trial)),
    parameters AS (DELETE FROM trial_params WHERE trial_id IN (SELECT trial_id FROM trial)),
    \(attributes(of: "trial", from: "trial", "$3", "$4", "$5", "$6"))
    SELECT 1 FROM trial
    """)

  package func finish(
    _ trial: TrialID, as state: StoredState, values: [Double], attributes: StoredAttributes, at end: Date,
    owner: String?
  ) throws -> Bool {
    try change(
      trial, Self.finish, [owner, state.rawValue, StoredDate.text(end)] + values.arrays + attributes.arrays,
      done: "state = '\(state.rawValue)'", by: owner)
  }

  private static let finish = DatabaseStatement(
    "finish",
    """
    WITH trial AS (
      UPDATE trials SET state = $3::trialstate, datetime_complete = $4::timestamp
      WHERE trial_id = $1::int AND state = 'RUNNING' AND \(isOwned("$2")) RETURNING trial_id),
    beat AS (DELETE FROM trial_heartbeats WHERE trial_id IN (SELECT trial_id FROM trial)),
    \(values(from: "trial", "$5", "$6")),
    \(attributes(of: "trial", from: "trial", "$7", "$8", "$9", "$10"))
    SELECT 1 FROM trial
    """)

  private static func isOwned(_ owner: String) -> String {
    """
    (\(owner)::text IS NULL OR EXISTS (
      SELECT 1 FROM trial_system_attributes a
      WHERE a.trial_id = $1::int AND a."key" = '\(StoredTrial.ownerKey)' AND a.value_json = \(owner)::text))
    """
  }

  /// Changes a trial's state by a statement that answers a row where it could. The row is locked by a statement of its own, so
  /// that the change sees its owner as it is then. Where an answer was lost, `done` of the same owner says that it is done.
  private func change(
    _ trial: TrialID, _ statement: DatabaseStatement, _ values: [String?], done: String, by owner: String?,
    endsTurn: Bool = false
  ) throws -> Bool {
    let id: String? = "\(trial.rawValue)"
    return try perform { connection, isRepeated in
      let steps: [(DatabaseStatement, [String?])] = [(Self.lockTrial, [id]), (statement, [id] + values)]
      let rows = try endsTurn ? Self.runAndEndTurn(steps, connection) : connection.run(steps)
      if !rows[1].isEmpty { return true }
      guard isRepeated, let owner else { return false }
      let sql = "SELECT 1 FROM trials WHERE trial_id = $1::int AND \(done) AND \(Self.isOwned("$2"))"
      return try !connection.run([(DatabaseStatement("", sql), [id, owner])])[0].isEmpty
    }
  }

  private static let lockTrial = DatabaseStatement(
    "lock trial", "SELECT 1 FROM trials WHERE trial_id = $1::int FOR NO KEY UPDATE")

  package func report(_ value: Double, at step: Int, of trial: TrialID) throws {
    let (number, type) = StoredNumber.columns(of: value)
    try run([(Self.report, ["\(trial.rawValue)", "\(step)", number.map { "\($0)" }, type])])
  }

  private static let report = DatabaseStatement(
    "report",
    """
    INSERT INTO trial_intermediate_values (trial_id, step, intermediate_value, intermediate_value_type)
    VALUES ($1::int, $2::int, $3::float8, $4::trialintermediatevaluetype)
    ON CONFLICT (trial_id, step) DO UPDATE
    SET intermediate_value = excluded.intermediate_value, intermediate_value_type = excluded.intermediate_value_type
    """)

  package func set(_ attributes: StoredAttributes, of trial: TrialID) throws {
    try run([(Self.trialAttributes, ["\(trial.rawValue)"] + attributes.arrays)])
  }

  private static let trialAttributes = DatabaseStatement(
    "trial attributes",
    """
    WITH trial AS (SELECT trial_id FROM trials WHERE trial_id = $1::int),
    \(attributes(of: "trial", from: "trial", "$2", "$3", "$4", "$5"))
    SELECT 1
    """)

  package func beat(_ trials: [TrialID]) throws {
    if trials.isEmpty { return }
    // In order, so that two who beat for the same trials do not wait for each other in a circle.
    try run([(Self.beat, [DatabaseArray.text(trials.sorted { $0.rawValue < $1.rawValue })])])
  }

  private static let beat = DatabaseStatement(
    "beat",
    """
    INSERT INTO trial_heartbeats (trial_id, heartbeat)
    SELECT trial_id, LOCALTIMESTAMP FROM trials WHERE trial_id = ANY ($1::int[]) AND state = 'RUNNING' ORDER BY trial_id
    ON CONFLICT (trial_id) DO UPDATE SET heartbeat = excluded.heartbeat
    """)
}

extension [StoredParameter] {
  /// Names, values and distributions, as a database's arrays.
  fileprivate var arrays: [String?] {
    [
      DatabaseArray.text(map { $0.name }), DatabaseArray.text(map { $0.value }),
      DatabaseArray.text(map { $0.distribution.json }),
    ]
  }
}

extension [Double] {
  /// Numbers and their types, as a database's arrays.
  fileprivate var arrays: [String?] {
    let columns = map(StoredNumber.columns)
    return [DatabaseArray.text(columns.map(\.number)), DatabaseArray.text(columns.map { $0.type as String? })]
  }
}
