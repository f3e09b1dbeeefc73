import CPostgreSQL
import Glibc

/// A statement of ours: prepared once a connection, on its first use.
struct DatabaseStatement: Sendable {
  var name: String
  var sql: String

  init(_ name: String, _ sql: String) {
    self.name = name
    self.sql = sql
  }
}

/// Rows of text; nil where NULL.
typealias DatabaseRows = [[String?]]

/// One session with a server.
///
/// What is run together goes out in one packet and comes back in one: a pipeline, which the server takes as one transaction. So a
/// change costs one round trip, and a lock taken by its first statement is held for no longer than the server works.
// One thread at a time uses it: whoever holds the storage's lock.
final class DatabaseConnection: @unchecked Sendable {
  /// No answer for so long: the network is taken to be cut. Longer than a server waits for a lock.
  static let answerLimit = 30.0
  /// What is asked for after an interrupt is waited for so long: what an interrupted search has to write down is written.
  private static let lastWords = Duration.seconds(1)
  /// Milliseconds between two looks at an interruption.
  private static let pause: Int32 = 20

  private let handle: OpaquePointer
  private let isCancelled: @Sendable () -> Bool
  private var prepared: Set<String> = []
  /// In which study this session has its turn; it is gone with the session.
  var turn: StudyID?

  /// Throws a `DatabaseRefusal`.
  init(_ address: DatabaseAddress, lockLimit: Int, isCancelled: @escaping @Sendable () -> Bool) throws {
    self.isCancelled = isCancelled
    handle = try DatabaseAttempt.connection(to: address, isCancelled: isCancelled)
    PQsetnonblocking(handle, 1)
    PQenterPipelineMode(handle)
    // A server that loses us notices, and lets go of what we had locked.
    try run(
      [
        "SET datestyle TO 'ISO'", "SET lock_timeout TO '\(lockLimit)s'", "SET tcp_keepalives_idle TO 10",
        "SET tcp_keepalives_interval TO 5", "SET tcp_keepalives_count TO 3",
        "SET idle_in_transaction_session_timeout TO '60s'",
        // A statement behind a lock sees what was done before it got that.
        "SET default_transaction_isolation TO 'read committed'",
      ].map { (DatabaseStatement("", $0), []) })
  }

  deinit { PQfinish(handle) }

  /// Runs statements in one transaction and one round trip; the rows of each. Throws a `DatabaseRefusal`; then nothing was kept,
  /// or, where the connection was lost, perhaps all.
  ///
  /// `afterwards` travels with them and is run when they are kept, or refused.
  @discardableResult
  func run(
    _ steps: [(DatabaseStatement, [String?])], afterwards: (DatabaseStatement, [String?])? = nil
  ) throws -> [DatabaseRows] {
    let awaited = try send(steps)
    guard let afterwards else { return try collect(awaited) }
    let last = try send([afterwards])
    let rows = Result { try collect(awaited) }
    if case .failure(let refusal as DatabaseRefusal) = rows, refusal.isDisconnected { throw refusal }
    try collect(last)
    return try rows.get()
  }

  /// Of each result that will come: the name of the statement that it prepares, or nil where it is a step's.
  private func send(_ steps: [(DatabaseStatement, [String?])]) throws -> [String?] {
    var awaited: [String?] = []
    for (statement, values) in steps {
      if statement.name.isEmpty {
        try sent(
          withTexts(values) { PQsendQueryParams(handle, statement.sql, Int32(values.count), nil, $0, nil, nil, 0) })
      } else {
        if !prepared.contains(statement.name), !awaited.contains(statement.name) {
          try sent(PQsendPrepare(handle, statement.name, statement.sql, 0, nil))
          awaited.append(statement.name)
        }
        try sent(
          withTexts(values) { PQsendQueryPrepared(handle, statement.name, Int32(values.count), $0, nil, nil, 0) })
      }
      awaited.append(nil)
    }
    try sent(PQpipelineSync(handle))
    return awaited
  }

  @discardableResult
  private func collect(_ awaited: [String?]) throws -> [DatabaseRows] {
    var rows: [DatabaseRows] = []
    var refusal: DatabaseRefusal?
    var index = 0
    while true {
      try waitForAnswer()
      guard let result = PQgetResult(handle) else { continue }
      defer { PQclear(result) }
      switch PQresultStatus(result) {
      case PGRES_PIPELINE_SYNC:
        if let refusal { throw refusal }
        return rows
      case PGRES_TUPLES_OK, PGRES_COMMAND_OK:
        if index < awaited.count, let name = awaited[index] {
          prepared.insert(name)
        } else {
          rows.append(values(of: result))
        }
      case PGRES_PIPELINE_ABORTED: break
      default:
        if refusal == nil { refusal = DatabaseRefusal(result, isDisconnected: PQstatus(handle) != CONNECTION_OK) }
        if let refusal, refusal.isDisconnected { throw refusal }
      }
      index += 1
    }
  }

  private func values(of result: OpaquePointer) -> DatabaseRows {
    let columns = PQnfields(result)
    return (0..<PQntuples(result)).map { row in
      (0..<columns).map { PQgetisnull(result, row, $0) == 1 ? nil : String(cString: PQgetvalue(result, row, $0)) }
    }
  }

  /// Sends what is left to send and waits until a whole result is there.
  private func waitForAnswer() throws {
    let begun = ContinuousClock.now
    let limit = begun + .seconds(Self.answerLimit)
    let grace = isCancelled() ? Self.lastWords : DatabaseAttempt.grace
    while true {
      if ContinuousClock.now - begun > grace, isCancelled() { throw DatabaseRefusal.interrupted }
      let flushed = PQflush(handle)
      if flushed < 0 { throw disconnected() }
      if flushed == 0, PQisBusy(handle) == 0 { return }
      let left = limit - ContinuousClock.now
      var item = pollfd(fd: PQsocket(handle), events: Int16(POLLIN | (flushed == 1 ? POLLOUT : 0)), revents: 0)
      let milliseconds = Int32(left / .milliseconds(1))
      if milliseconds <= 0 {
        throw DatabaseRefusal(
          state: "", message: "no answer for \(Int(Self.answerLimit)) seconds", isDisconnected: true)
      }
      if poll(&item, 1, min(milliseconds, Self.pause)) < 0, errno != EINTR { throw disconnected() }
      if item.revents & Int16(POLLIN | POLLHUP | POLLERR) != 0, PQconsumeInput(handle) == 0 { throw disconnected() }
    }
  }

  private func sent(_ status: Int32) throws {
    if status != 1 { throw disconnected() }
  }

  private func disconnected() -> DatabaseRefusal {
    DatabaseRefusal(state: "", message: firstLine(PQerrorMessage(handle)), isDisconnected: true)
  }
}

/// The first line of what libpq says.
func firstLine(_ message: UnsafePointer<CChar>?) -> String {
  let text = message.map { String(cString: $0) } ?? ""
  return text.split(separator: "\n").first.map(String.init) ?? "the connection was lost"
}

/// Texts as the array of C strings that libpq takes, with a nil behind the last.
func withTexts<Result>(_ texts: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result) -> Result {
  let copies = texts.map { $0.map { UnsafePointer(strdup($0)!) } } + [nil]
  defer { for copy in copies { free(UnsafeMutableRawPointer(mutating: copy)) } }
  return copies.withUnsafeBufferPointer { body($0.baseAddress!) }
}
