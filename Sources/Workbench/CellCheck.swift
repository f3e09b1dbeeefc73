import Language
import Vocabulary

/// Looks at a whole cell before its first statement runs: commands, parameters, literals and variables. What only the
/// session can give is looked at when it is reached.
struct CellCheck {
  let store: SessionStore
  let isSubshell: Bool

  func mistakes(in program: Program) -> [Diagnostic] {
    var scope = SessionScope(store: store, isChecking: true)
    // What a line that could not be read would have assigned is no unknown name further down.
    for name in program.unreadNames { scope.assigned[name] = .some(nil) }
    var found: [Diagnostic] = []
    for statement in program.statements {
      switch statement.kind {
      case .question: break
      case .expression(let expression): found += mistakes { _ = try scope.value(of: expression) }
      case .assignment(let name, let expression):
        found += refused(name.span, "an assignment changes the session")
        var value: Value?
        found += mistakes { value = try scope.value(of: expression) }
        scope.assigned[name.text] = .some(value)
      case .command(let written):
        found += mistakes(in: written, scope)
        scope.words.formUnion(written.block.flatMap(\.words))
      }
    }
    return found
  }

  private func mistakes(in written: Language.Command, _ scope: SessionScope) -> [Diagnostic] {
    guard let command = Commands.byName[written.verb.text] else {
      return [
        Diagnostic(
          "unknown command '\(written.verb.text)'", at: written.verb.span,
          hint: Suggestion.hint(for: written.verb.text, among: Commands.byName.keys.sorted()))
      ]
    }
    if command.changesSession && !looksOnly(written),
      let refusal = refused(written.verb.span, "\(command.name) changes the session").first
    {
      return [refusal]
    }
    let binder = CommandBinder(arguments: ArgumentBinder(scope: scope, callFromText: ExpressionText.read))
    let found = binder.mistakes(in: written, of: command)
    return found.isEmpty && written.isWhole ? mistakes { try command.check(written, scope) } : found
  }

  /// A word like `data` that stands alone shows what the session has.
  private func looksOnly(_ written: Language.Command) -> Bool {
    ["data", "network", "space", "study"].contains(written.verb.text)
      && written.positionals.isEmpty && written.keywords.isEmpty && written.block.isEmpty
  }

  private func refused(_ span: Span, _ reason: String) -> [Diagnostic] {
    isSubshell
      ? [Diagnostic(reason + ", and a subshell only looks", at: span, hint: "run it in the notebook's own cells")] : []
  }

  private func mistakes(_ body: () throws -> Void) -> [Diagnostic] {
    do { try body() } catch let diagnostic as Diagnostic { return [diagnostic] } catch {}
    return []
  }
}

extension BlockLine {
  /// The bare words of a parameter's set: further down in the cell they are values.
  fileprivate var words: [String] {
    guard case .parameter(_, .set(let elements, _), _, _, _) = self else { return [] }
    return elements.compactMap(\.bareWord)
  }
}
