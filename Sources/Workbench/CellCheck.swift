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
      case .expression(let expression): found += mistakes { try check(expression, scope) }
      case .assertion(let condition, let text):
        found += mistakes { try Assertion(condition: condition, text: text, scope: scope).check() }
      case .assignment(let name, let expression):
        found += refused(name.span, "an assignment changes the session")
        var value: Value?
        found += mistakes {
          do { value = try scope.value(of: expression) } catch let mistake as Diagnostic {
            throw ForeignCode.mistake(expression, mistake) ?? mistake
          }
        }
        scope.assigned[name.text] = .some(value)
      case .command(let written):
        found += mistakes(in: written, scope)
        scope.words.formUnion(written.block.flatMap(\.words))
      }
    }
    return found
  }

  /// An expression on its own. A word that has a value only as a command of other programs is not echoed.
  private func check(_ expression: Expression, _ scope: SessionScope) throws {
    let value: Value
    do { value = try scope.value(of: expression) } catch let mistake as Diagnostic {
      if let foreign = ForeignCode.mistake(expression, mistake) { throw foreign }
      // Where a name stands alone, a command may have been meant as well.
      guard case .name(let word, let span) = expression, case .unknownWord? = mistake.fact else { throw mistake }
      let near = Suggestion.nearest(to: word, among: Commands.all.map(\.name) + scope.names)
      throw Diagnostic(mistake.message, at: span, hint: Suggestion.hint(near), fact: .unknownWord(near: near))
    }
    if case .name(let word, let span) = expression, case .word = value, let other = OtherName.command(word) {
      throw Diagnostic("'\(word)' has no value of its own", at: span, hint: "use \(other.suggestion)")
    }
  }

  private func mistakes(in written: Language.Command, _ scope: SessionScope) -> [Diagnostic] {
    // The grammar's commands are these.
    guard let command = Commands.byName[written.verb.text] else { return [] }
    if written.isPythonImport { return [Diagnostic.python("import", at: written.verb.span)] }
    if command.changesSession && !looksOnly(written),
      let refusal = refused(written.verb.span, "\(command.name) changes the session").first
    {
      return [refusal]
    }
    let arguments = ArgumentBinder(scope: scope, callFromText: ExpressionText.read)
    let found = CommandBinder(command, arguments: arguments).mistakes(in: written)
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

extension Language.Command {
  /// `import torch`, `import torch.nn`: no word that the command knows, and nothing given to it.
  fileprivate var isPythonImport: Bool {
    guard verb.text == "import", keywords.isEmpty, positionals.count == 1 else { return false }
    switch positionals[0] {
    case .name(let word, _): return Commands.byName["import"]?.positionals.first?.kind.words.contains(word) == false
    case .attribute: return true
    default: return false
    }
  }
}

extension BlockLine {
  /// The bare words of a parameter's set: further down in the cell they are values.
  fileprivate var words: [String] {
    guard case .parameter(_, .set(let elements, _), _, _, _) = self else { return [] }
    return elements.compactMap(\.bareWord)
  }
}
