import Foundation
import GRDB
import Synchronization

/// Studies in a SQLite file that Optuna and its dashboard read and write too.
///
/// One connection, in WAL mode, that waits up to a minute for others; every call is one short transaction, begun IMMEDIATE if it
/// writes, so that two writers never both read before one writes. A file that may only be read is looked at and not changed.
package final class SQLiteStorage: StudyStorage {
  package let place: String
  package let isReadOnly: Bool
  let path: String
  let damage = DamageList()
  private let waiting: StorageWait
  /// The connection, and the file as it was when it was looked at last.
  private let state: Mutex<State>

  private struct State {
    var database: DatabaseQueue
    var file: FileIdentity?
    var isSettled = true
  }

  /// Opens a file, or makes it; throws in words if it is not a study file or is of another version, and then leaves it as it was.
  /// `name` is what its user calls the file, if that is not its path.
  package init(path: String, calledAs name: String? = nil, waiting: StorageWait = StorageWait()) throws {
    let name = name ?? path
    guard !path.utf8.contains(0) else {
      throw StorageError(.cannotOpen, "'\(name)' has a zero character, which no file's name has")
    }
    place = name
    self.path = path
    self.waiting = waiting
    let existed = FileManager.default.fileExists(atPath: path)
    let file = StudyFile(path: path, name: name, waiting: waiting)
    let isNew = try file.check()
    isReadOnly = !isNew && !file.isWritable
    do {
      let database = try isReadOnly ? file.openForReading() : file.open(isNew: isNew)
      state = Mutex(State(database: database, file: FileIdentity(path: path), isSettled: isReadOnly))
    } catch {
      if !existed { file.remove() }
      throw error
    }
  }

  package func takeDamage() -> [String] { damage.take(of: place) }
  package func giveUp(when isCancelled: @escaping @Sendable () -> Bool) { waiting.giveUp(when: isCancelled) }
  package func tell(_ say: @escaping @Sendable (String) -> Void) { waiting.tell(say) }

  private func inWords<T>(_ body: () throws -> T) throws -> T {
    try StudyFile(path: path, name: place, waiting: waiting).inWords(body)
  }

  func read<T>(_ body: (Database) throws -> T) throws -> T {
    let database = try current()
    return try inWords { try database.read(body) }
  }

  /// If the disk is full, what the log beside the file holds is worked into the file and the log cut off, and the step is tried
  /// once more.
  func write<T>(_ body: (Database) throws -> T) throws -> T {
    if isReadOnly {
      throw StorageError(
        .cannotWrite, "'\(place)' can only be read here",
        hint: "copy it to a folder of your own to continue its studies")
    }
    let database = try current()
    state.withLock { $0.isSettled = false }
    return try inWords {
      do { return try transaction(database, body) } catch let full as DatabaseError
        where full.resultCode == .SQLITE_FULL
      {
        do { try database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) } } catch { throw full }
        return try transaction(database, body)
      }
    }
  }

  private func transaction<T>(_ database: DatabaseQueue, _ body: (Database) throws -> T) throws -> T {
    var result: Result<T, any Error>?
    try database.inTransaction(.immediate) { db in
      result = .success(try body(db))
      return .commit
    }
    guard let result else { throw StorageError(.cannotWrite, "'\(place)' could not be written to") }
    return try result.get()
  }

  package func revision() throws -> Int64 {
    let database = try current()
    // What may only be read has no count of its changes: the file's time says that there is one.
    let time = isReadOnly ? FileIdentity(path: path)?.changed ?? 0 : 0
    return try inWords {
      try database.unsafeRead { try Int64.fetchOne($0, sql: "PRAGMA data_version") ?? 0 } &+ time
    }
  }

  package func checkPresence() throws { _ = try current() }

  /// A copy of the file alone has everything after this, unless another program reads at this moment.
  package func settle() {
    let database = state.withLock { state -> DatabaseQueue? in
      defer { state.isSettled = true }
      return state.isSettled ? nil : state.database
    }
    guard let database, (try? current()) != nil else { return }
    waiting.impatiently {
      do { try database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) } } catch {
        _ = try? database.writeWithoutTransaction { _ = try $0.checkpoint(.passive) }
        state.withLock { $0.isSettled = false }
      }
    }
  }

  /// The connection, if the file that it was made to is still the one that is there.
  ///
  /// What is written to a file that has no name any more is lost, and SQLite does not see that. One system call.
  private func current() throws -> DatabaseQueue {
    try state.withLock { state in
      let now = FileIdentity(path: path)
      guard let known = state.file else {
        state.file = now
        return state.database
      }
      guard let now else { throw changed("was deleted or moved") }
      if isReadOnly, now != known {
        state.database = try StudyFile(path: path, name: place, waiting: waiting).openForReading()
        state.file = now
        return state.database
      }
      guard now.isSameFile(as: known) else { throw changed("was replaced by another file") }
      // Nobody shortens the file of a study: it only grows.
      guard now.size >= known.size else { throw changed("was cut off") }
      state.file = now
      return state.database
    }
  }

  private func changed(_ how: String) -> StorageError {
    StorageError(
      .fileChanged, "'\(place)' \(how) since it was opened",
      hint: "study storage \"\(place)\" opens what is there now")
  }
}

extension SQLiteStorage {
  /// Lets the file grow no further: how a test fills a disk.
  package func capPages() throws {
    try state.withLock { $0.database }.inDatabase { db in
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 1
      _ = try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(pages + 1)")
    }
  }

  /// Whether an error says that the file's content is not what SQLite or we have put there.
  static func isDamage(_ error: DatabaseError) -> Bool {
    switch error.resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: true
    case .SQLITE_ERROR: error.message?.hasPrefix("no such ") ?? false
    default: false
    }
  }
}
