import Foundation
import Synchronization

/// Studies in a PostgreSQL database that Optuna and its dashboard read and write too.
///
/// One session that its users share in turn; every call is one transaction in one round trip, and says which state it expects. A
/// session that is lost is made again and the call repeated, until `patience` is at its end: because a trial names who runs it,
/// a repeated call sees whether the first one had arrived.
package final class PostgreSQLStorage: StudyStorage {
  package let place: String
  private let address: DatabaseAddress
  private let patience: Double
  private let lockLimit: Int
  private let session: Mutex<Session>
  private let surrender = Surrender()
  let damage = DamageList()

  /// The connection, while there is one. Touched by whoever holds the lock.
  private struct Session: ~Copyable {
    var connection: DatabaseConnection?
  }

  /// Connects, and makes the tables where there are none. Throws in words where the server is not reached, refuses, or has another
  /// schema version; then nothing is changed. `patience` are the seconds that a later loss of the connection, or another's lock, may
  /// last; a single wait for a lock ends after `lockLimit` seconds.
  ///
  /// `isCancelled` is looked at while it waits, until `giveUp` names another.
  package init(
    _ text: String, patience: Double = 300, lockLimit: Int = 20,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws {
    address = try DatabaseAddress(text)
    place = address.text
    self.patience = patience
    self.lockLimit = lockLimit
    session = Mutex(Session())
    do {
      surrender.set(isCancelled)
      let connection = try connect()
      try Self.prepare(connection, place: place)
      session.withLock { $0.connection = connection }
    } catch let refusal as DatabaseRefusal {
      throw words(refusal)
    }
  }

  private func connect() throws -> DatabaseConnection {
    try DatabaseConnection(address, lockLimit: lockLimit) { [surrender] in surrender.isCancelled() }
  }

  package func giveUp(when isCancelled: @escaping @Sendable () -> Bool) { surrender.set(isCancelled) }

  package func takeDamage() -> [String] { damage.take(of: place) }

  /// Running trials of many hosts are looked for in a table that they share: not more often than needed.
  package var lookInterval: Double { 0.05 }

  /// What transactions there are and have been: another text where any has written since, ours too.
  package func revision() throws -> Int64 {
    let rows = try run([(Self.snapshot, [])])
    // FNV-1a
    return (rows[0].first?[0] ?? "").utf8.reduce(Int64(bitPattern: 0xcbf2_9ce4_8422_2325)) {
      ($0 ^ Int64($1)) &* 0x100_0000_01b3
    }
  }

  private static let snapshot = DatabaseStatement("snapshot", "SELECT pg_current_snapshot()::text")

  /// Runs statements as one transaction; repeatable as it is.
  @discardableResult
  func run(_ steps: [(DatabaseStatement, [String?])]) throws -> [DatabaseRows] {
    try perform { connection, _ in try connection.run(steps) }
  }

  /// Runs `body` with a connection, again with a new one where that was lost. `isRepeated` says that an earlier attempt may
  /// have been kept although its answer was lost.
  func perform<Result: Sendable>(
    _ body: (_ connection: DatabaseConnection, _ isRepeated: Bool) throws -> Result
  ) throws -> Result {
    try session.withLock { session in
      let begun = ContinuousClock.now
      var isRepeated = false
      var pause = 0.05
      while true {
        do {
          let connection = try session.connection ?? connect()
          session.connection = connection
          return try body(connection, isRepeated)
        } catch let refusal as DatabaseRefusal {
          if refusal.isDisconnected {
            // A connection that could not be made has kept nothing.
            isRepeated = isRepeated || session.connection != nil
            session.connection = nil
          }
          let isPatient = (ContinuousClock.now - begun) / .seconds(1) < patience
          let mayRepeat = (refusal.isDisconnected || refusal.isCollision) && isPatient && !surrender.isCancelled()
          if !mayRepeat { throw words(refusal) }
          rest(pause)
          pause = min(1, pause * 2)
        }
      }
    }
  }

  /// Sleeps so many seconds, or until it is interrupted.
  private func rest(_ seconds: Double) {
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end, !surrender.isCancelled() { Thread.sleep(forTimeInterval: 0.02) }
  }

  /// A server's refusals as ours.
  private func words(_ refusal: DatabaseRefusal) -> StorageError {
    if refusal.isInterrupted {
      return StorageError(.interrupted, "the database at \(place) does not answer; \(refusal.message)")
    }
    if refusal.isDisconnected {
      return StorageError(
        .cannotOpen, "the database at \(place) is not reached: \(refusal.message)",
        hint: refusal.message.contains("no password supplied") || refusal.message.contains("password authentication")
          ? "the password comes from ~/.pgpass or PGPASSWORD" : nil)
    }
    switch refusal.state {
    case "53100": return StorageError(.cannotWrite, "the disk of \(place) is full; nothing of this step was kept")
    case "42501", "25006": return StorageError(.cannotWrite, "\(place) cannot be written to: \(refusal.message)")
    case "55P03", "40001", "40P01":
      return StorageError(
        .busy, "another program holds a lock at \(place), for longer than is waited for")
    default: return StorageError(.cannotOpen, "\(place): \(refusal.message)")
    }
  }
}

extension PostgreSQLStorage {
  /// Checks the tables' version; makes the tables where there are none, once, however many begin at the same time.
  private static func prepare(_ connection: DatabaseConnection, place: String) throws {
    func ask(_ sql: String) throws -> String? { try connection.run([(DatabaseStatement("", sql), [])])[0].first?[0] }
    // Not by to_regclass: the session remembers what that has answered before it waited for its turn.
    func lacksTables() throws -> Bool {
      try ask("SELECT 1 FROM pg_class WHERE relname = 'studies' AND pg_table_is_visible(oid)") == nil
    }
    var attempts = 0
    while try lacksTables() {
      do {
        try connection.run([
          (DatabaseStatement("", "BEGIN"), []),
          (DatabaseStatement("", "SELECT pg_advisory_xact_lock(\(lockNumber))"), []),
        ])
        if try lacksTables() {
          try connection.run(StudySchema.postgreSQL.map { (DatabaseStatement("", $0), []) })
        }
        _ = try ask("COMMIT")
      } catch let refusal as DatabaseRefusal where refusal.isThereAlready && attempts < 50 {
        // Optuna makes them at this moment, and knows nothing of our turns.
        _ = try ask("ROLLBACK")
        attempts += 1
        Thread.sleep(forTimeInterval: 0.1)
      }
    }
    func check(_ table: String, _ column: String, _ wanted: String) throws {
      guard try ask("SELECT to_regclass('\(table)')") != nil,
        let found = try ask("SELECT \(column)::text FROM \(table)"),
        found != wanted
      else { return }
      throw StorageError(
        .otherVersion, "the tables at \(place) have version \(found), this program reads \(wanted)",
        hint: "optuna storage upgrade --storage \(place) brings older ones up to date")
    }
    try check("version_info", "schema_version", "\(StudySchema.version)")
    try check("alembic_version", "version_num", StudySchema.revision)
  }

  /// Under which those who make the tables take turns: the bytes of "attune".
  private static let lockNumber: Int64 = 0x61_7474_756e_65
}

/// Whether whoever uses a storage at present has been interrupted.
private final class Surrender: Sendable {
  /// In a structure: a function alone is wrapped once more by each look at it in a generic lock, until a call of it overflows
  /// the stack.
  private struct Question {
    var isCancelled: @Sendable () -> Bool = { false }
  }
  private let question = Mutex(Question())

  func set(_ isCancelled: @escaping @Sendable () -> Bool) { question.withLock { $0.isCancelled = isCancelled } }
  func isCancelled() -> Bool { question.withLock { $0.isCancelled }() }
}
