/// What the names in an expression stand for. The session implements it.
package protocol Environment {
  /// Variables first, then what the session holds.
  func lookup(_ name: String) -> Lookup
  /// Whether a bare word stands for itself in a value: `relu`, `adam`; also the names of calls: `step`.
  func isWord(_ name: String) -> Bool
  /// The names that `lookup` knows, for suggestions.
  var names: [String] { get }
  /// What to write instead of a function that other programs have.
  func hint(forFunction name: String) -> String?
}

package enum Lookup: Sendable {
  case value(Value)
  /// Known, but only the running cell can say its value: `best`, a variable that an earlier line assigns.
  case later
  case unknown
}

extension Environment {
  package func isWord(_ name: String) -> Bool { false }
  package func hint(forFunction name: String) -> String? { nil }
}
