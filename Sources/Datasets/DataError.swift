/// What is wrong with data or with what was asked of it; the workbench shows it as a diagnostic.
package struct DataError: Error, Sendable, Equatable, CustomStringConvertible {
  package var message: String
  package var hint: String?
  /// The option that the mistake is about, if it is about one: its value is what the workbench marks.
  package var about: String?

  /// The path of the file that cannot be read, if that is the mistake.
  package var file: String?

  package init(_ message: String, hint: String? = nil, about: String? = nil, file: String? = nil) {
    self.file = file
    self.message = message
    self.hint = hint
    self.about = about
  }

  package var description: String { hint.map { "\(message); \($0)" } ?? message }
}

/// Thrown by a loader that was asked to stop.
package struct LoadingCancelled: Error {
  package init() {}
}
