import Foundation
import Storage

/// The storage that a text names: a database's address, or a file.
enum StudyStorages {
  /// Throws a `StorageError`.
  static func open(_ said: String, waiting: StorageWait = StorageWait()) throws -> any StudyStorage {
    if DatabaseAddress.isMeant(by: said) { return try PostgreSQLStorage(said, isCancelled: waiting.isCancelled) }
    return try SQLiteStorage(path: Files.path(file(said)), calledAs: file(said), waiting: waiting)
  }

  /// Whether a text means the session's memory: `none`, or as SQLAlchemy says it.
  static func isMemory(_ said: String) -> Bool {
    ["none", ":memory:", "sqlite://", "sqlite:///:memory:"].contains(said)
  }

  /// The file that an address means, if it does not exist; nil of a database server.
  static func missingFile(_ said: String) throws -> String? {
    if isMemory(said) || DatabaseAddress.isMeant(by: said) { return nil }
    return FileManager.default.fileExists(atPath: Files.path(try file(said))) ? nil : try file(said)
  }

  /// Optuna's address of a file is that file: `sqlite:///f.db` lies in the notebook's folder, `sqlite:////abs/f.db` anywhere.
  private static func file(_ said: String) throws -> String {
    guard let scheme = said.firstRange(of: "://") else { return said }
    let words = said[..<scheme.lowerBound].lowercased()
    guard words == "sqlite" || words.hasPrefix("sqlite+") else {
      throw StorageError(
        .cannotOpen, "studies are not kept in '\(words)' databases",
        hint: "study storage \"tuning.db\", or study storage \"postgresql://host/database\"")
    }
    let rest = said[scheme.upperBound...].prefix { $0 != "?" }
    guard rest.hasPrefix("/"), rest.count > 1 else {
      throw StorageError(
        .cannotOpen, "'\(said)' names no file", hint: "sqlite:///tuning.db lies in the notebook's folder")
    }
    return String(rest.dropFirst())
  }
}
