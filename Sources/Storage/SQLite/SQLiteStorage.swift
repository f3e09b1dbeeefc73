import Foundation
import GRDB

/// Studies in a SQLite file that Optuna and its dashboard read and write too.
///
/// One connection, in WAL mode, that waits up to a minute for others; every call is one short transaction, begun IMMEDIATE where it
/// writes, so that two writers never both read before one writes.
package final class SQLiteStorage: StudyStorage {
  package let place: String
  private let database: DatabaseQueue

  /// Opens a file, or makes it; throws in words where it is no study file or of another version, and then leaves it as it was.
  /// `name` is what its user calls the file, if that is not its path.
  package init(path: String, calledAs name: String? = nil) throws {
    let name = name ?? path
    place = name
    let isNew = try Self.check(path, name)
    var configuration = Configuration()
    configuration.busyMode = .timeout(60)
    configuration.journalMode = .wal
    configuration.foreignKeysEnabled = false
    configuration.label = "studies"
    // A report is a commit of its own and takes two or three whole pages of the log, a trial of twenty epochs 240 kB, which are
    // taken again once they have been worked into the file: after a megabyte, not SQLite's four.
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA wal_autocheckpoint = 250") }
    database = try Self.inWords(name) {
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

  /// Looks at a file without changing it: true where it is to be made.
  private static func check(_ path: String, _ name: String) throws -> Bool {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
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
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw StorageError(.cannotOpen, "'\(name)' cannot be read")
    }
    let head = (try? file.read(upToCount: 16)) ?? Data()
    if head.isEmpty { return true }
    guard head == Data("SQLite format 3\0".utf8) else {
      throw StorageError(.otherFormat, "'\(name)' is not a study file (it is not an SQLite database)")
    }
    guard FileManager.default.isWritableFile(atPath: path), FileManager.default.isWritableFile(atPath: folder) else {
      throw StorageError(
        .cannotWrite, "'\(name)' cannot be written to", hint: "a study file and its folder must be writable")
    }
    return try inWords(name) {
      var configuration = Configuration()
      configuration.busyMode = .timeout(60)
      return try DatabaseQueue(path: path, configuration: configuration).read { db in
        if try db.tableExists("studies") {
          try checkVersion(db, path, name)
          return false
        }
        let others = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'") ?? 0
        if others > 0 {
          throw StorageError(.otherFormat, "'\(name)' is a database of another program, not a study file")
        }
        return true
      }
    }
  }

  private static func checkVersion(_ db: Database, _ path: String, _ name: String) throws {
    let version =
      try db.tableExists("version_info") ? Int.fetchOne(db, sql: "SELECT schema_version FROM version_info") : nil
    let revision =
      try db.tableExists("alembic_version") ? String.fetchOne(db, sql: "SELECT version_num FROM alembic_version") : nil
    if let version, version != StudySchema.version {
      throw StorageError(
        .otherVersion, "'\(name)' has schema version \(version), this program reads \(StudySchema.version)",
        hint: "optuna storage upgrade --storage sqlite:///\(path) brings an older file up to date")
    }
    if let revision, revision != StudySchema.revision {
      throw StorageError(
        .otherVersion, "'\(name)' has schema revision \(revision), this program reads \(StudySchema.revision)",
        hint: "optuna storage upgrade --storage sqlite:///\(path) brings an older file up to date")
    }
  }

  /// SQLite's refusals as ours.
  static func inWords<T>(_ path: String, _ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_FULL:
        throw StorageError(.cannotWrite, "the disk of '\(path)' is full; nothing of this step was kept")
      case .SQLITE_READONLY, .SQLITE_PERM: throw StorageError(.cannotWrite, "'\(path)' cannot be written to")
      case .SQLITE_BUSY, .SQLITE_LOCKED: throw StorageError(.busy, "another program has held '\(path)' for a minute")
      case .SQLITE_NOTADB, .SQLITE_CORRUPT:
        throw StorageError(.otherFormat, "'\(path)' is not a study file or is damaged")
      case .SQLITE_CANTOPEN: throw StorageError(.cannotOpen, "'\(path)' cannot be opened")
      case .SQLITE_IOERR:
        throw StorageError(.cannotWrite, "'\(path)' could not be read or written (\(error.message ?? "I/O error"))")
      default: throw StorageError(.cannotOpen, "'\(path)': \(error.message ?? "\(error.resultCode)")")
      }
    }
  }

  func read<T>(_ body: (Database) throws -> T) throws -> T {
    try Self.inWords(place) { try database.read(body) }
  }

  /// Where the disk is full, what the log beside the file holds is worked into the file and the log cut off, and the step is tried
  /// once more.
  func write<T>(_ body: (Database) throws -> T) throws -> T {
    try Self.inWords(place) {
      do { return try transaction(body) } catch let full as DatabaseError where full.resultCode == .SQLITE_FULL {
        do { try database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) } } catch { throw full }
        return try transaction(body)
      }
    }
  }

  private func transaction<T>(_ body: (Database) throws -> T) throws -> T {
    var result: T?
    try database.inTransaction(.immediate) { db in
      result = try body(db)
      return .commit
    }
    return result!
  }

  package func revision() throws -> Int64 {
    try Self.inWords(place) {
      try database.unsafeRead { try Int64.fetchOne($0, sql: "PRAGMA data_version") ?? 0 }
    }
  }
}

extension SQLiteStorage {
  /// Lets the file grow no further: how a test fills a disk.
  package func capPages() throws {
    try database.inDatabase { db in
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 1
      _ = try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(pages + 1)")
    }
  }
}
