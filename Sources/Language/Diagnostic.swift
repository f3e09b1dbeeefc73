/// A mistake in a cell: where it is, what is wrong, what was expected and what may have been meant.
///
/// Facts only; `rendered(in:)` makes the sentences.
package struct Diagnostic: Error, Sendable, Equatable {
  package var message: String
  package var span: Span
  package var hint: String?

  package init(_ message: String, at span: Span, hint: String? = nil) {
    self.message = message
    self.span = span
    self.hint = hint
  }
}
