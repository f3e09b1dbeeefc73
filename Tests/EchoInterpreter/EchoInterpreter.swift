import Glibc
import Jupyter
import Synchronization

/// A language of a few words that does whatever a test of the protocol needs, and knows nothing of machine learning.
///
/// A cell is a line a statement; `EchoCommand` lists the words. Anything else is its own result.
package final class EchoInterpreter: Interpreter {
  private let commands: [String: EchoCommand]
  /// What the cells have remembered, to see that a failure loses nothing.
  let memory = Mutex<String>("")

  package init() {
    commands = Dictionary(uniqueKeysWithValues: EchoCommand.all.map { ($0.word, $0) })
  }

  package var identity: InterpreterIdentity {
    InterpreterIdentity(
      implementation: "echo", version: "1.0", languageName: "echo", languageVersion: "1.0", mimeType: "text/x-echo",
      fileExtension: ".echo", pygmentsLexer: "text", codeMirrorMode: nil, banner: "Echo",
      helpLinks: [("Jupyter", "https://jupyter.org")])
  }

  package func execute(_ cell: Cell, output: any CellOutput) -> Outcome {
    var outcome = Outcome()
    for line in cell.source.split(whereSeparator: \.isNewline) {
      let (word, rest) = split(line)
      if word.isEmpty || word.hasPrefix("#") { continue }
      do {
        if let command = commands[word] {
          try command.run(EchoContext(argument: rest, cell: cell, output: output, interpreter: self), &outcome)
        } else {
          outcome.result = MIMEBundle(text: String(line))
        }
      } catch {
        return Outcome(failure: error)
      }
    }
    outcome.userExpressions = cell.userExpressions.mapValues { expression in
      expression == "fail"
        ? .failure(Failure(name: "EchoError", message: "asked to", traceback: ["EchoError: asked to"]))
        : .success(MIMEBundle(["text/plain": .string(expression), "application/json": .string(expression)]))
    }
    return outcome
  }

  package func complete(_ source: String, at position: Int) -> Completion {
    let scalars = Array(source.unicodeScalars.prefix(position))
    let start = (scalars.lastIndex { $0 == " " || $0 == "\n" } ?? -1) + 1
    let prefix = String(String.UnicodeScalarView(scalars[start...]))
    let matches = commands.keys.filter { $0.hasPrefix(prefix) }.sorted()
    return Completion(matches: matches.map { .init(text: $0, type: "keyword") }, start: start, end: position)
  }

  package func inspect(_ source: String, at position: Int, detail: Int) -> MIMEBundle? {
    let (word, _) = split(source[...])
    return commands[word].map { MIMEBundle(text: "\($0.word): \(detail > 0 ? $0.help + " All of it." : $0.help)") }
  }

  package func completeness(of source: String) -> Completeness {
    if source.hasSuffix("\\") { return .incomplete(indent: "  ") }
    return source.hasPrefix(")") ? .invalid : .complete
  }

  package func shutdown() {}

  private func split(_ line: Substring) -> (word: String, rest: String) {
    let parts = line.split(separator: " ", maxSplits: 1)
    return (parts.first.map(String.init) ?? "", parts.count > 1 ? String(parts[1]) : "")
  }
}
