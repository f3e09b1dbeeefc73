import GRDB
import Glibc
import Jupyter
import Synchronization

/// The cells of all sessions, in an SQLite file in a folder of their own. Kernels side by side share it. Safe from any thread.
///
/// What is kept has a bound: a cell that is very long is kept shortened, and the oldest cells go when all together are too long.
/// A question costs one pass over what it reads, by an index where it names a session. Nothing here throws: a history that
/// cannot be kept costs the history, never the cell.
package final class HistoryStore: Sendable {
  /// Bytes of all cells together.
  package static let capacity = 100_000_000
  /// A longer cell or output is cut to this many bytes, with a mark.
  package static let longest = 1_000_000

  private let folder: String
  private let clean: @Sendable (String) -> String
  private let file: HistoryFile
  /// Bytes added since the whole was last measured.
  private let unchecked = Mutex(0)

  /// `cleaning` takes out of a text what nobody may read in a history.
  package init(folder: String, cleaning: @escaping @Sendable (String) -> String = { $0 }) {
    self.folder = folder
    clean = cleaning
    file = HistoryFile(folder: folder)
  }

  package func session() -> HistorySession { HistorySession(in: self) }

  /// Whether earlier versions have left cells here.
  package var hasOldFiles: Bool { !HistoryFiles(folder: folder).sessions.isEmpty }

  /// Takes in what earlier versions kept as files of JSON lines.
  package func migrate() {
    let old = HistoryFiles(folder: folder)
    guard !old.sessions.isEmpty else { return }
    let isDone = file.write { [self] database -> Bool in
      // The numbers stay: a person may know them. Newest first, as much as fits.
      var room = Self.capacity
      for session in old.sessions.reversed() {
        guard room > 0 else { break }
        try database.execute(sql: "INSERT OR IGNORE INTO session (number) VALUES (?)", arguments: [session])
        if database.changesCount == 0 { continue }
        for entry in old.entries(of: session) { room -= try insert(entry, session: session, into: database) }
      }
      return true
    }
    if isDone == true { old.remove() }
  }

  /// Enters cells of a session; gives the session's number, a new one for nil. Nil if they cannot be kept.
  func add(_ entries: [HistoryEntry], to session: Int?) -> Int? {
    migrate()
    return file.write { [self] database in
      var number = session
      if number == nil {
        try database.execute(sql: "INSERT INTO session DEFAULT VALUES")
        number = Int(database.lastInsertedRowID)
      }
      var bytes = 0
      for entry in entries { bytes += try insert(entry, session: number!, into: database) }
      // Adding all lengths up is a pass over the table: only where this process has added much.
      let isTimeToLook = unchecked.withLock { sum in
        sum += bytes
        defer { if sum > Self.capacity / 100 { sum = 0 } }
        return session == nil || sum > Self.capacity / 100
      }
      if isTimeToLook { try forgetOldest(in: database) }
      return number
    } ?? nil
  }

  /// What a query finds, in its order.
  func entries(_ sql: String, _ arguments: StatementArguments) -> [HistoryEntry] {
    migrate()
    let select = "SELECT cell.session, line, input, output FROM cell "
    return file.read { database in
      try Row.fetchAll(database, sql: select + sql, arguments: arguments).map {
        HistoryEntry(session: $0[0], line: $0[1], input: $0[2], output: $0[3])
      }
    } ?? []
  }

  /// The last cells that match a pattern, each text once, its newest; newest first.
  func newestOfEach(matching pattern: String, limit: Int) -> [HistoryEntry] {
    migrate()
    return file.read { database in
      var seen: Set<String> = []
      var found: [HistoryEntry] = []
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT session, line, input, output FROM cell WHERE input GLOB ? ORDER BY session DESC, line DESC
          """, arguments: [pattern])
      while found.count < limit, let row = try rows.next() {
        let entry = HistoryEntry(session: row[0], line: row[1], input: row[2], output: row[3])
        if seen.insert(entry.input).inserted { found.append(entry) }
      }
      return found
    } ?? []
  }

  /// The number of the session so many before another, or before a new one.
  func number(before session: Int?, by count: Int) -> Int? {
    migrate()
    return file.read { database in
      try Int.fetchOne(
        database, sql: "SELECT number FROM session WHERE number < ? ORDER BY number DESC LIMIT 1 OFFSET ?",
        arguments: [session ?? Int.max, count - 1])
    } ?? nil
  }

  /// Returns the bytes that it takes.
  private func insert(_ entry: HistoryEntry, session: Int, into database: Database) throws -> Int {
    let input = kept(entry.input)
    let output = entry.output.map(kept)
    let bytes = input.utf8.count + (output?.utf8.count ?? 0)
    try database.execute(
      sql: "INSERT INTO cell (session, line, bytes, input, output) VALUES (?, ?, ?, ?, ?)",
      arguments: [session, entry.line, bytes, input, output])
    return bytes
  }

  private func kept(_ text: String) -> String {
    guard text.utf8.count > Self.longest else { return clean(text) }
    // A cut within a character would be no text.
    var end = text.utf8.index(text.startIndex, offsetBy: Self.longest)
    while end > text.startIndex, end.samePosition(in: text.unicodeScalars) == nil { end = text.utf8.index(before: end) }
    return clean(String(text[..<end])) + "\n# ... (shortened: \(text.utf8.count) bytes)"
  }

  private func forgetOldest(in database: Database) throws {
    var excess = (try Int.fetchOne(database, sql: "SELECT total(bytes) FROM cell") ?? 0) - Self.capacity
    guard excess > 0 else { return }
    // A tenth more, so that not every cell has to make room.
    excess += Self.capacity / 10
    var last = (session: 0, line: 0)
    let rows = try Row.fetchCursor(database, sql: "SELECT session, line, bytes FROM cell ORDER BY session, line")
    while excess > 0, let row = try rows.next() {
      last = (row[0], row[1])
      excess -= row[2] as Int
    }
    try database.execute(
      sql: "DELETE FROM cell WHERE (session, line) <= (?, ?)", arguments: [last.session, last.line])
    try database.execute(sql: "DELETE FROM session WHERE number < (SELECT coalesce(min(session), 0) FROM cell)")
  }
}
