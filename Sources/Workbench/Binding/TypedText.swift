import Language

/// What a text may be that stands for a file, an address, a word or a name, whatever a variable holds.
enum TypedText {
  /// Bytes: beyond any path and any query. Looking through longer ones would take seconds.
  private static let longest = 65_536
  /// Bytes of a name that something gets: what Optuna's tables have room for.
  private static let longestName = 512

  /// Throws a `Diagnostic` for one that is too long or has a zero character, which ends the names of files, and for a name
  /// with a password, which would be shown wherever the name is.
  static func check(_ text: String?, _ subject: Subject, at span: Span) throws {
    guard let text else { return }
    let isName = subject.parameter == "name" && !subject.isPositional
    let limit = isName ? longestName : longest
    guard text.utf8.count <= limit else {
      throw Diagnostic("\(subject) has \(text.utf8.count) bytes, at most \(limit) are allowed", at: span)
    }
    guard !text.utf8.contains(0) else { throw Diagnostic("\(subject) may not contain a zero character", at: span) }
    if isName { try checkName(text, at: span) }
  }

  /// The same for a name alone: throws a `Diagnostic` if there is a password in it.
  static func checkName(_ name: String, at span: Span) throws {
    guard Secrets.hidden(name) == name else {
      throw Diagnostic(
        "a name may not hold a password", at: span, hint: "use study storage \"...\" for the address of a database")
    }
  }
}
