import Storage

/// The storage that a text names: a database's address, or a file.
enum StudyStorages {
  /// Throws a `StorageError`.
  static func open(_ said: String) throws -> any StudyStorage {
    if DatabaseAddress.isMeant(by: said) { return try PostgreSQLStorage(said) }
    return try SQLiteStorage(path: Files.path(said), calledAs: said)
  }
}
