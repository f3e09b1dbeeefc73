/// What is wrong with a space, a sampler or a pruner as the user said it.
package struct SearchError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong and what was expected, one sentence.
  package var message: String
  package var hint: String?
  /// The parameter of the space that it is about.
  package var parameter: String?

  package init(_ message: String, hint: String? = nil, parameter: String? = nil) {
    self.message = message
    self.hint = hint
    self.parameter = parameter
  }

  package var description: String { hint.map { message + " (" + $0 + ")" } ?? message }
}
