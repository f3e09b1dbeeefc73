import Language
import Vocabulary

/// Binds a written command to its declaration.
struct CommandBinder {
  private var arguments: ArgumentBinder
  private let command: Command

  init(_ command: Command, arguments: ArgumentBinder) {
    self.command = command
    self.arguments = arguments
    self.arguments.commandOptions = command.options
  }

  /// Every mistake of the command; what only the session can say is left for `bind`.
  func mistakes(in written: Language.Command) -> [Diagnostic] {
    var found: [Diagnostic] = []
    _ = try? walk(written) { error in
      if let diagnostic = error as? Diagnostic { found.append(diagnostic) }
    }
    return found
  }

  /// The command ready to run. Throws the first mistake.
  func bind(_ written: Language.Command, quiet: Bool) throws -> Invocation {
    var invocation = try walk(written) { throw $0 }
    invocation.isQuiet = quiet
    return invocation
  }

  private func walk(_ command: Language.Command, onError: (any Error) throws -> Void) throws -> Invocation {
    let written = command.withFileAsSource(self.command, arguments.scope)
    let command = self.command
    var invocation = Invocation(
      command: command, verb: written.verb, positionals: [], options: [:], written: [], block: written.block,
      span: written.span, isQuiet: false)
    for (index, expression) in written.positionals.enumerated() {
      do {
        if command.takesVariations, let variation = try Variation(expression, of: command, arguments) {
          invocation.variations.append(variation)
          continue
        }
        let option = try positional(index, expression)
        let value = try arguments.bind(
          expression, to: option.kind, Subject(option.name, of: command.name, isPositional: true))
        invocation.positionals.append(.init(value, expression))
      } catch { try onError(error) }
    }
    for (key, expression) in written.keywords {
      do {
        let option = try self.option(key)
        guard invocation.options[key.text] == nil else {
          throw Diagnostic("'\(key.text)' of \(command.name) is given twice", at: key.span)
        }
        let value = try arguments.bind(expression, to: option.kind, Subject(option.name, of: command.name))
        invocation.options[key.text] = .init(value, expression)
        invocation.written.append(key.text)
      } catch { try onError(error) }
    }
    do { try checkPresence(written) } catch { try onError(error) }
    return invocation
  }

  private func positional(_ index: Int, _ expression: Expression) throws -> Option {
    if index < command.positionals.count { return command.positionals[index] }
    if command.repeatsLastPositional, let last = command.positionals.last { return last }
    let hint: String
    if case .name(let word, _) = expression, OtherName.command(word)?.names.contains(command.name) == true {
      hint = "write \(command.name) alone"
    } else if case .name(let word, _) = expression, command.options.contains(where: { $0.name == word }) {
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

  private func option(_ key: Word) throws -> Option {
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

  private func checkPresence(_ written: Language.Command) throws {
    for (index, option) in command.positionals.enumerated()
    where option.isRequired && written.positionals.count <= index {
      // A closed list is the answer itself.
      let words = option.kind.words
      throw Diagnostic(
        "\(command.name) needs \(option.help)" + (words.isEmpty ? "" : ": " + words.joined(separator: ", ")),
        at: written.verb.span, hint: command.examples.first.map { "for example: \($0)" })
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
}
