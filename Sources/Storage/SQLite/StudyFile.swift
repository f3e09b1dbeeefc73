import Foundation
import GRDB
import Glibc

/// A study file before it is open: whether it may be one, how it is opened, and what SQLite refuses, in words.
struct StudyFile {
  let path: String
  /// As its user calls it.
  let name: String
  let waiting: StorageWait

  private var folder: String { URL(fileURLWithPath: path).deletingLastPathComponent().path }

  /// A log is kept beside the file: the folder must be writable too.
  var isWritable: Bool { access(path, W_OK) == 0 && access(folder, W_OK) == 0 }

  /// Looks at a file without changing it: true if it is to be made.
  func check() throws -> Bool {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw StorageError(
        .cannotOpen, name.isEmpty ? "a study file needs a name" : "'\(name)' is a folder, not a study file",
        hint: "for example \"tuning.db\"")
    }
    guard FileManager.default.fileExists(atPath: path) else {
      guard FileManager.default.fileExists(atPath: folder) else {
        throw StorageError(.cannotOpen, "there is no folder '\(folder)' for the study file")
      }
      guard FileManager.default.isWritableFile(atPath: folder) else {
        throw StorageError(.cannotWrite, "the folder '\(folder)' cannot be written to")
      }
      return true
    }
    var status = stat()
    // A pipe that nobody writes must not be waited for.
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw StorageError(.cannotOpen, "'\(name)' cannot be read: it is not a regular file")
    }
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw StorageError(.cannotOpen, "'\(name)' cannot be read")
    }
    let head = (try? file.read(upToCount: 16)) ?? Data()
    try? file.close()
    if head.isEmpty { return true }
    if head.starts(with: Data("{\"op_code\"".utf8)) {
      throw StorageError(
        .otherFormat, "'\(name)' is a journal of Optuna, which only Optuna reads",
        hint: "use optuna.copy_study(...) with to_storage=\"sqlite:///study.db\", and open that file")
    }
    guard head == Data("SQLite format 3\0".utf8) else {
      throw StorageError(.otherFormat, "'\(name)' is not a study file (it is not an SQLite database)")
    }
    return try inWords {
      // A connection that may write takes its log and index files away again.
      let database = try isWritable ? DatabaseQueue(path: path, configuration: configuration) : openForReading()
      return try database.read(isEmpty)
    }
  }

  /// Whether there are no tables yet. Throws if there are those of another program or version.
  private func isEmpty(_ db: Database) throws -> Bool {
    if try db.tableExists("studies") {
      try checkVersion(db)
      return false
    }
    let others = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'") ?? 0
    if others > 0 {
      throw StorageError(.otherFormat, "'\(name)' is a database of another program, not a study file")
    }
    return true
  }

  private func checkVersion(_ db: Database) throws {
    func first(_ column: String, of table: String) throws -> DatabaseValue? {
      guard try db.tableExists(table), let row = try Row.fetchOne(db, sql: "SELECT \(column) FROM \(table)") else {
        return nil
      }
      let value: DatabaseValue = row[0]
      return value.isNull ? nil : value
    }
    func require(_ value: DatabaseValue?, _ wanted: DatabaseValue, _ what: String) throws {
      guard let value, value != wanted else { return }
      func text(_ value: DatabaseValue) -> String { String(describing: value).replacing("\"", with: "") }
      throw StorageError(
        .otherVersion, "'\(name)' has schema \(what) \(text(value)), this program reads \(text(wanted))",
        hint: "optuna storage upgrade --storage sqlite:///\(path) brings an older file up to date")
    }
    try require(first("schema_version", of: "version_info"), StudySchema.version.databaseValue, "version")
    try require(first("version_num", of: "alembic_version"), StudySchema.revision.databaseValue, "revision")
  }

  private var configuration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .callback { [waiting, name] attempt in waiting.mayGoOn(attempt, for: name) }
    configuration.foreignKeysEnabled = false
    configuration.label = "studies"
    return configuration
  }

  /// For reading and writing; makes the tables of a new one.
  func open(isNew: Bool) throws -> DatabaseQueue {
    var configuration = configuration
    configuration.journalMode = .wal
    // A report is a commit of its own and takes two or three whole pages of the log, a trial of twenty epochs 240 kB, which are
    // taken again once they have been worked into the file: after a megabyte, not SQLite's four.
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA wal_autocheckpoint = 250") }
    return try inWords {
      let database = try DatabaseQueue(path: path, configuration: configuration)
      if isNew {
        try database.inTransaction(.immediate) { db in
          if try !db.tableExists("studies") { try db.execute(sql: StudySchema.statements) }
          return .commit
        }
      }
      return database
    }
  }

  /// Without changing anything, and without a file beside it where none may be: then nobody else writes either, or what they
  /// write is seen once it is in the file itself.
  func openForReading() throws -> DatabaseQueue {
    var configuration = configuration
    configuration.readonly = true
    let log = FileIdentity(path: path + "-wal")?.size ?? 0
    if log > 0 { return try inWords { try DatabaseQueue(path: path, configuration: configuration) } }
    let escaped = path.utf8.map { byte in
      let character = Character(Unicode.Scalar(byte))
      return byte < 0x80 && (character.isLetter || character.isNumber || "/-_.~".contains(character))
        ? String(character) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
    return try inWords { try DatabaseQueue(path: "file:\(escaped)?immutable=1", configuration: configuration) }
  }

  /// Takes away what an attempt to make it has left.
  func remove() {
    for ending in ["", "-wal", "-shm", "-journal"] { try? FileManager.default.removeItem(atPath: path + ending) }
  }

  /// SQLite's refusals as ours.
  func inWords<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_FULL: throw isFull
      case .SQLITE_READONLY, .SQLITE_PERM: throw StorageError(.cannotWrite, "'\(name)' cannot be written to")
      case .SQLITE_BUSY, .SQLITE_LOCKED:
        if waiting.isInterrupted {
          throw StorageError(.interrupted, "another program has locked '\(name)'; waiting for it was interrupted")
        }
        throw StorageError(.busy, "another program has held '\(name)' for a minute")
      case .SQLITE_CORRUPT: throw StorageError(.otherFormat, "'\(name)' is damaged: \(error.message ?? "")")
      case .SQLITE_NOTADB: throw StorageError(.otherFormat, "'\(name)' is not a study file or is damaged")
      case .SQLITE_CANTOPEN:
        if FileIdentity.isDiskFull(at: folder) { throw isFull }
        throw StorageError(.cannotOpen, "'\(name)' cannot be opened" + (Self.refusal(path).map { ": " + $0 } ?? ""))
      case .SQLITE_IOERR:
        if FileIdentity.isDiskFull(at: folder) { throw isFull }
        if let limit = FileIdentity.sizeLimit(reachedBy: [path, path + "-wal", path + "-shm"]) {
          throw StorageError(
            .cannotWrite, "'\(name)' cannot grow: the limit on the size of files (ulimit -f) is \(limit >> 10) kB")
        }
        throw StorageError(.cannotWrite, "'\(name)' could not be read or written (\(error.message ?? "I/O error"))")
      default:
        if SQLiteStorage.isDamage(error) {
          throw StorageError(.otherFormat, "'\(name)' is damaged: \(error.message ?? "")")
        }
        throw StorageError(.cannotOpen, "'\(name)': \(error.message ?? "\(error.resultCode)")")
      }
    }
  }

  /// The system's reason not to open the file, and the one or two beside it that SQLite needs; nil if it has none now.
  private static func refusal(_ path: String) -> String? {
    var opened: [Int32] = []
    defer { for descriptor in opened { close(descriptor) } }
    for _ in 0..<4 {
      let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
      if descriptor < 0 {
        let code = errno
        guard code == EMFILE else { return String(cString: strerror(code)).lowercased() }
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return "too many open files (ulimit -n is \(limit.rlim_cur))"
      }
      opened.append(descriptor)
    }
    return nil
  }

  private var isFull: StorageError {
    StorageError(.cannotWrite, "the disk of '\(name)' is full; nothing of this step was kept")
  }
}
