/// What is wrong with a network or a plan, or with their fit to the data; the workbench shows it as a diagnostic.
package struct TrainingError: Error, Sendable, Equatable, CustomStringConvertible {
  package var message: String
  package var hint: String?
  /// The option that the mistake is about, if it is about one: its value is what the workbench marks.
  package var about: String?

  package init(_ message: String, hint: String? = nil, about: String? = nil) {
    self.message = message
    self.hint = hint
    self.about = about
  }

  package var description: String { hint.map { "\(message); \($0)" } ?? message }
}
