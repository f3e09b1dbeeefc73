import Language
import Search
import Vocabulary

/// The session's names and values, for expressions and binders.
///
/// While a cell is checked, what only running it can tell is `later`; while a statement runs, everything has a value.
struct SessionScope: Scope, Environment {
  let store: SessionStore
  /// Variables that statements of this cell assign before the one that is checked; nil where the value is not known yet.
  var assigned: [String: Value?] = [:]
  /// Words of a space that the cell itself describes before the statement that is checked.
  var words: Set<String> = []
  var isChecking: Bool

  private var session: Session { store.current }

  func value(of expression: Expression) throws -> Value {
    let evaluator = Evaluator(self)
    guard isChecking else { return try evaluator.value(of: expression) }
    switch evaluator.check(expression) {
    case .value(let value): return value
    case .later: throw NotYetKnown()
    case .mistakes(let mistakes): throw mistakes[0]
    }
  }

  func lookup(_ name: String) -> Lookup {
    if let assigned = assigned[name] { return assigned.map(Lookup.value) ?? .later }
    if let value = session.variables[name] { return .value(value) }
    if SessionNames.all.contains(name) {
      return isChecking ? .later : .value(.object(Object(SessionNames.object(name, store))))
    }
    return .unknown
  }

  func isWord(_ name: String) -> Bool {
    Words.all.contains(name) || words.contains(name) || session.study?.space.hasWord(name) == true
      || session.space?.hasWord(name) == true
  }

  var names: [String] { session.variables.names + assigned.keys.sorted() + SessionNames.all }

  func hint(forFunction name: String) -> String? {
    (OtherName.function(name)?.form ?? OtherName.command(name)?.suggestion).map { "use \($0)" }
  }

  func isVariable(_ name: String) -> Bool { assigned[name] != nil || session.variables[name] != nil }

  func names(of kind: Option.NameKind) -> [String]? {
    isChecking ? nil : SessionNames.names(of: kind, session)
  }
}

/// The words and calls that some parameter takes: they stand for themselves in a value.
private enum Words {
  static let all: Set<String> = Set(
    Commands.all.flatMap { $0.options + $0.positionals }.flatMap(\.kind.words)
      + ["constant"])
}

extension Search.Space {
  fileprivate func hasWord(_ word: String) -> Bool { parameters.contains { $0.domain.contains(.text(word)) } }
}

extension SpaceDescription {
  fileprivate func hasWord(_ word: String) -> Bool { parameters.contains { $0.domain.contains(.text(word)) } }
}
