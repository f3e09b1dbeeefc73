import CPostgreSQL

/// Where a database is: `postgresql://user@host:port/name?option=value`, read by libpq itself.
///
/// It holds no password. That one comes from where libpq looks for it: the password file (~/.pgpass, PGPASSFILE), a service file,
/// PGPASSWORD, a certificate. So it can stand in no output, message, log or list of processes.
package struct DatabaseAddress: Sendable, Hashable {
  package let text: String

  /// Whether a storage's name is meant as a database server rather than as a file: an address, or libpq's other form,
  /// `host=localhost dbname=studies`.
  package static func isMeant(by text: String) -> Bool {
    text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") || text.hasPrefix("postgresql+")
      || hasKeyword(text)
  }

  /// Whether one of libpq's keywords stands before an equals sign.
  private static func hasKeyword(_ text: String) -> Bool {
    guard text.contains("=") else { return false }
    let words = Set(
      text.split(separator: "=", omittingEmptySubsequences: false).dropLast().compactMap {
        $0.split(whereSeparator: \.isWhitespace).last.map { $0.lowercased() }
      })
    // Without libpq, those that say where a database is: then it is asked for.
    guard (try? DatabaseLibrary.load()) != nil, let options = PQconndefaults() else {
      return !words.isDisjoint(with: ["host", "hostaddr", "port", "dbname", "user", "service"])
    }
    defer { PQconninfoFree(options) }
    var index = 0
    while let keyword = options[index].keyword {
      if words.contains(String(cString: keyword)) { return true }
      index += 1
    }
    return false
  }

  /// Throws in words, without repeating a text that may hold a password, or if libpq is not installed.
  package init(_ said: String) throws(StorageError) {
    try DatabaseLibrary.load()
    var text = said
    // SQLAlchemy names its driver in the scheme: postgresql+psycopg2://
    if text.hasPrefix("postgresql+"), let end = text.firstRange(of: "://") {
      text.replaceSubrange(..<end.lowerBound, with: "postgresql")
    }
    var complaint: UnsafeMutablePointer<CChar>?
    guard let options = PQconninfoParse(text, &complaint) else {
      PQfreemem(complaint)
      throw StorageError(
        .cannotOpen, "the database's address cannot be read", hint: "for example postgresql://host/database")
    }
    defer { PQconninfoFree(options) }
    var index = 0
    while let keyword = options[index].keyword {
      let name = String(cString: keyword)
      if name == "password" || name == "sslpassword", options[index].val != nil {
        throw StorageError(
          .cannotOpen, "a password does not belong into the database's address: notebooks keep and show it",
          hint: "put it into ~/.pgpass (host:port:database:user:password, mode 0600) or PGPASSWORD")
      }
      index += 1
    }
    self.text = text
  }
}
