import Language
import Vocabulary

/// Where a binder finds the values of expressions and the words that only the session knows.
package protocol Scope {
  /// Throws a `Diagnostic`, or `NotYetKnown` for what only running the statements before it can tell.
  func value(of expression: Expression) throws -> Value
  /// The names of this kind that exist now; nil where that cannot be said before the cell runs.
  func names(of kind: Option.NameKind) -> [String]?
  /// Whether a variable of this name stands in the session or was assigned earlier in the cell.
  func isVariable(_ name: String) -> Bool
}

/// A value that is there only when its statement is reached.
package struct NotYetKnown: Error {}
