/// What is wrong with a network or a plan, or with their fit to the data; the workbench shows it as a diagnostic.
package struct TrainingError: Error, Sendable, Equatable, CustomStringConvertible {
  package var message: String
  package var hint: String?

  package init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }

  package var description: String { hint.map { "\(message); \($0)" } ?? message }
}
