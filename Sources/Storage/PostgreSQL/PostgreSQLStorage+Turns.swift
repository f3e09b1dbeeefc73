/// What many programs that work on one study need to be quick: news that cost as much as has changed, and turns.
extension PostgreSQLStorage {
  package func news(of study: StudyID, after known: TrialID?, and unfinished: [KnownTrial]) throws -> [StoredTrial] {
    trials(fromNews: try run([(Self.news, Self.values(study, known, unfinished))])[0])
  }

  package func takeTurn(in study: StudyID, after known: TrialID?, and unfinished: [KnownTrial]) throws -> [StoredTrial]?
  {
    let values = Self.values(study, known, unfinished)
    let rows: DatabaseRows? = try perform { connection, _ in
      if connection.turn != nil { return try connection.run([(Self.news, values)])[0] }
      do {
        let rows = try connection.run([
          (Self.waitBriefly, []), (Self.lockTurn, Self.key(of: study)), (Self.news, values),
        ])
        connection.turn = study
        return rows[2]
      } catch let refusal as DatabaseRefusal where refusal.state == "55P03" {
        return nil
      } catch let refusal as DatabaseRefusal where !refusal.isDisconnected {
        // The lock is the session's, not the transaction's: it may be held.
        try connection.run([(DatabaseStatement("", "SELECT pg_advisory_unlock_all()"), [])])
        throw refusal
      }
    }
    return rows.map { trials(fromNews: $0) }
  }

  package func endTurn() throws {
    try perform { connection, _ in
      guard let unlock = Self.unlockTurn(connection) else { return }
      try connection.run([unlock])
      connection.turn = nil
    }
  }

  /// Runs the steps, which end this session's turn if it has it: in the same packet, but when others can see what they did.
  static func runAndEndTurn(_ steps: [(DatabaseStatement, [String?])], _ connection: DatabaseConnection) throws
    -> [DatabaseRows]
  {
    let unlock = unlockTurn(connection)
    defer { connection.turn = nil }
    return try connection.run(steps, afterwards: unlock)
  }

  private static func unlockTurn(_ connection: DatabaseConnection) -> (DatabaseStatement, [String?])? {
    connection.turn.map {
      (DatabaseStatement("unlock turn", "SELECT pg_advisory_unlock($1::int, $2::int)"), key(of: $0))
    }
  }

  /// The second number is the study, the first tells these locks from those of other programs: the bytes of "attu".
  private static func key(of study: StudyID) -> [String?] { ["\(0x6174_7475)", "\(study.rawValue)"] }

  private static let lockTurn = DatabaseStatement("lock turn", "SELECT pg_advisory_lock($1::int, $2::int)")

  /// For this transaction alone.
  private static let waitBriefly = DatabaseStatement("wait briefly", "SELECT set_config('lock_timeout', '1s', true)")

  /// Trials that are new or have changed, with what belongs to them, in one statement: rows of a kind (0 is the trial itself), a
  /// trial, and texts.
  ///
  /// Of each table only the rows of these trials are looked up, by an index, whatever the planner takes the number of trials to be:
  /// OFFSET 0 keeps it from turning the lookup into a join with the whole table.
  private static let news = DatabaseStatement(
    "news",
    """
    WITH changed AS MATERIALIZED (
      (SELECT trial_id, number, state, datetime_start, datetime_complete, xmin::text AS version FROM trials
       WHERE trial_id > $2::int AND study_id = $1::int ORDER BY trial_id LIMIT 100000)
      UNION ALL
      SELECT t.* FROM unnest($3::int[], $4::text[]) AS known (id, version), LATERAL (
        SELECT trial_id, number, state, datetime_start, datetime_complete, xmin::text AS version FROM trials
        WHERE trial_id = known.id OFFSET 0) t
      WHERE known.version IS NULL OR t.version <> known.version)
    SELECT 0 AS kind, trial_id, number AS place, number::text, state::text, datetime_start::text, datetime_complete::text, version
    FROM changed
    UNION ALL
    SELECT 1, c.trial_id, t.param_id, t.param_name, t.param_value::text, t.distribution_json, NULL, NULL FROM changed c, LATERAL (
      SELECT param_id, param_name, param_value, distribution_json FROM trial_params WHERE trial_id = c.trial_id OFFSET 0) t
    UNION ALL
    SELECT 2, c.trial_id, t.objective, t.value::text, t.value_type::text, NULL, NULL, NULL FROM changed c, LATERAL (
      SELECT objective, value, value_type FROM trial_values WHERE trial_id = c.trial_id OFFSET 0) t
    UNION ALL
    SELECT 3, c.trial_id, t.step, t.step::text, t.intermediate_value::text, t.intermediate_value_type::text, NULL, NULL
    FROM changed c, LATERAL (
      SELECT step, intermediate_value, intermediate_value_type FROM trial_intermediate_values
      WHERE trial_id = c.trial_id AND c.state <> 'RUNNING' OFFSET 0) t
    UNION ALL
    SELECT 4, c.trial_id, 0, t."key", t.value_json, NULL, NULL, NULL FROM changed c, LATERAL (
      SELECT "key", value_json FROM trial_user_attributes WHERE trial_id = c.trial_id OFFSET 0) t
    UNION ALL
    SELECT 5, c.trial_id, 0, t."key", t.value_json, NULL, NULL, NULL FROM changed c, LATERAL (
      SELECT "key", value_json FROM trial_system_attributes WHERE trial_id = c.trial_id OFFSET 0) t
    ORDER BY kind, place
    """)

  private func trials(fromNews rows: DatabaseRows) -> [StoredTrial] {
    if rows.isEmpty { return [] }
    var kinds = [DatabaseRows](repeating: [], count: 7)
    for row in rows {
      guard let kind = row[0].flatMap({ Int($0) }), kinds.indices.contains(kind) else { continue }
      // Of a value, its place is the objective; a trial's, its number, comes again as text.
      kinds[kind].append([row[1]] + (kind == 2 ? row[2...] : row[3...]))
    }
    return Self.assembled(kinds, noting: damage)
  }

  private static func values(_ study: StudyID, _ known: TrialID?, _ unfinished: [KnownTrial]) -> [String?] {
    [
      "\(study.rawValue)", "\(known?.rawValue ?? 0)", DatabaseArray.text(unfinished.lazy.map(\.id)),
      DatabaseArray.text(unfinished.map(\.version)),
    ]
  }
}
