import Language
import Vocabulary

/// Binds a written command to its declaration.
struct CommandBinder {
  let arguments: ArgumentBinder

  /// Every mistake of the command; what only the session can say is left for `bind`.
  func mistakes(in written: Language.Command, of command: Command) -> [Diagnostic] {
    var found: [Diagnostic] = []
    _ = try? walk(written, command) { error in
      if let diagnostic = error as? Diagnostic { found.append(diagnostic) }
    }
    return found
  }

  /// The command ready to run. Throws the first mistake.
  func bind(_ written: Language.Command, to command: Command, quiet: Bool) throws -> Invocation {
    var invocation = try walk(written, command) { throw $0 }
    invocation.isQuiet = quiet
    return invocation
  }

  private func walk(_ written: Language.Command, _ command: Command, onError: (any Error) throws -> Void) throws
    -> Invocation
  {
    var invocation = Invocation(
      command: command, verb: written.verb, positionals: [], options: [:], written: [], block: written.block,
      span: written.span, isQuiet: false)
    for (index, expression) in written.positionals.enumerated() {
      do {
        let option = try positional(index, expression, command)
        let value = try arguments.bind(expression, to: option.kind, subject(option, command, isPositional: true))
        invocation.positionals.append(.init(value: value, span: expression.span))
      } catch { try onError(error) }
    }
    for (key, expression) in written.keywords {
      do {
        let option = try self.option(key, command)
        guard invocation.options[key.text] == nil else {
          throw Diagnostic("\(key.text) of \(command.name) is said twice", at: key.span)
        }
        let value = try arguments.bind(expression, to: option.kind, subject(option, command, isPositional: false))
        invocation.options[key.text] = .init(value: value, span: expression.span)
        invocation.written.append(key.text)
      } catch { try onError(error) }
    }
    do { try checkPresence(written, command) } catch { try onError(error) }
    return invocation
  }

  private func positional(_ index: Int, _ expression: Expression, _ command: Command) throws -> Option {
    if index < command.positionals.count { return command.positionals[index] }
    if command.repeatsLastPositional, let last = command.positionals.last { return last }
    let hint: String
    if case .name(let word, _) = expression, command.options.contains(where: { $0.name == word }) {
      hint = "write \(word)=..."
    } else if case .name(let word, _) = expression,
      let near = Suggestion.nearest(to: word, among: command.options.map(\.name))
    {
      hint = "did you mean '\(near)='?"
    } else if command.options.isEmpty {
      hint = "\(command.name) takes \(command.positionals.isEmpty ? "nothing" : "\(command.positionals.count) at most")"
    } else {
      hint = "parameters are written key=value"
    }
    throw Diagnostic("unexpected value for \(command.name)", at: expression.span, hint: hint)
  }

  private func option(_ key: Word, _ command: Command) throws -> Option {
    if let option = command.options.first(where: { $0.name == key.text }) { return option }
    // `hidden[0]=64` stands for one layer of `hidden`.
    if let bracket = key.text.firstIndex(of: "["),
      let option = command.options.first(where: { $0.name == key.text[..<bracket] + "[i]" })
    {
      return option
    }
    // The command that takes the names of a study's space says so with `*`.
    if let any = command.options.first(where: { $0.name == "*" }) { return any }
    throw arguments.unknownParameter(key, of: command.name, among: command.options.map(\.name))
  }

  private func checkPresence(_ written: Language.Command, _ command: Command) throws {
    for (index, option) in command.positionals.enumerated()
    where option.isRequired && written.positionals.count <= index {
      throw Diagnostic(
        "\(command.name) needs \(option.help)", at: written.verb.span,
        hint: command.examples.first.map { "for example: \($0)" })
    }
    for option in command.options
    where option.isRequired && !written.keywords.contains(where: { $0.key.text == option.name }) {
      throw Diagnostic(
        "\(command.name) needs \(option.name)=: \(option.help)", at: written.verb.span,
        hint: command.examples.first.map { "for example: \($0)" })
    }
    if !written.block.isEmpty && !command.takesBlock {
      throw Diagnostic("\(command.name) takes no indented lines", at: written.verb.span)
    }
  }

  private func subject(_ option: Option, _ command: Command, isPositional: Bool) -> String {
    isPositional ? "the \(option.name) of \(command.name)" : "\(option.name) of \(command.name)"
  }
}
