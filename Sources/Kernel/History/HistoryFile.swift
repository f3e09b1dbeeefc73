import GRDB
import Glibc
import Synchronization

/// The SQLite file of the history: made when the first cell is kept, set aside if it is damaged.
final class HistoryFile: Sendable {
  private enum State: Sendable {
    case unopened
    case open(DatabaseQueue)
  }
  private let folder: String
  private let state = Mutex(State.unopened)

  init(folder: String) { self.folder = folder }

  private var path: String { folder + "/history.sqlite" }

  /// Nil if there is no history or it cannot be read.
  func read<Value>(_ body: (Database) throws -> Value) -> Value? {
    guard fileExists(path), let database = database() else { return nil }
    return try? database.read(body)
  }

  /// Nil if nothing could be written; all that the body did is then undone.
  func write<Value>(_ body: (Database) throws -> Value) -> Value? {
    guard makeFolder(folder), let database = database() else { return nil }
    return try? database.write(body)
  }

  private func database() -> DatabaseQueue? {
    state.withLock { state in
      if case .open(let database) = state { return database }
      guard let database = try? openOrBegin() else { return nil }
      state = .open(database)
      return database
    }
  }

  /// A file that another program wrote into, or that a disk has lost, is kept beside the new one. Nothing is wrong with one that
  /// cannot be opened now: the disk is full, too many files are open, another kernel writes.
  private func openOrBegin() throws -> DatabaseQueue? {
    do { return try open() } catch let error as DatabaseError {
      let isDamaged = [.SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_ERROR].contains(error.resultCode)
      guard isDamaged, access(path, R_OK | W_OK) == 0, rename(path, path + ".damaged") == 0 else { return nil }
      return try open()
    }
  }

  private func open() throws -> DatabaseQueue? {
    // SQLite would make a file that others may read.
    let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return nil }
    close(descriptor)
    var configuration = Configuration()
    configuration.busyMode = .timeout(2)
    configuration.label = "history"
    configuration.prepareDatabase { database in
      try database.execute(
        sql: """
          PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
          PRAGMA cache_size = -512; PRAGMA journal_size_limit = 4194304
          """)
    }
    let database = try DatabaseQueue(path: path, configuration: configuration)
    try database.write { try $0.execute(sql: Self.schema) }
    return database
  }

  /// The lengths lie before the texts: adding them up reads no text.
  private static let schema = """
    CREATE TABLE IF NOT EXISTS session (number INTEGER PRIMARY KEY AUTOINCREMENT);
    CREATE TABLE IF NOT EXISTS cell (
      id INTEGER PRIMARY KEY AUTOINCREMENT, session INTEGER NOT NULL, line INTEGER NOT NULL, bytes INTEGER NOT NULL,
      input TEXT NOT NULL, output TEXT);
    CREATE INDEX IF NOT EXISTS cell_place ON cell (session, line);
    """
}
