import Foundation
import Jupyter
import Language
import Synchronization
import Vocabulary

/// Gives the commands their meaning: source in, outputs out.
package final class Workbench: Interpreter {
  package static let version = "0.1.0"

  package let store = SessionStore()

  package init() {}

  package static let grammar = Grammar(
    commands: Set(Commands.all.map(\.name)), blockCommands: Set(Commands.all.filter(\.takesBlock).map(\.name)),
    hint: { OtherName.command($0).map { "use \($0.suggestion)" } })

  /// Where Attune's own grammars are not installed, cells are coloured as CoffeeScript, which JupyterLab and Pygments both
  /// know: of their languages it comes nearest, with `in`, `when`, `..` and `#`, and it marks nothing as an error. JupyterLab
  /// takes the mode's name if its extension is there, else its MIME type; Pygments has no such fallback, so the environment
  /// of the installed kernel says that the lexer is there.
  package var identity: InterpreterIdentity {
    let hasLexer = ProcessInfo.processInfo.environment["ATTUNE_PYGMENTS_LEXER"] == "attune"
    return InterpreterIdentity(
      implementation: "attune", version: Self.version, languageName: "attune", languageVersion: Self.version,
      mimeType: "text/x-attune", fileExtension: ".attune", pygmentsLexer: hasLexer ? "attune" : "coffeescript",
      codeMirrorMode: ["name": "attune", "mime": "text/x-coffeescript"],
      banner: "Attune \(Self.version): tune neural networks by short commands. 'help' lists them.", helpLinks: [])
  }

  package func execute(_ cell: Cell, output: any CellOutput) -> Outcome {
    CellRun(cell: cell, output: output, store: store).outcome()
  }

  package func complete(_ source: String, at position: Int) -> Completion {
    Completer(store: store).completion(of: source, at: position)
  }

  package func inspect(_ source: String, at position: Int, detail: Int) -> MIMEBundle? {
    Inspector(store: store, text: source, position: position).bundle(detail: detail)?.cleaned
  }

  package func completeness(of source: String) -> Completeness {
    switch Readiness.of(source, Self.grammar) {
    case .complete: .complete
    case .incomplete(let indent): .incomplete(indent: indent)
    case .invalid: .invalid
    }
  }

  package func remembered(_ source: String) -> String { Secrets.hidden(source) }

  package func shutdown() {}
}
