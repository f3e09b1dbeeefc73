extension Reader {
  /// What a word means that is not a name.
  static func literal(_ word: String) -> Value? {
    switch word {
    case "true", "True": .bool(true)
    case "false", "False": .bool(false)
    case "none", "None": Value.none
    default: nil
    }
  }

  static func isOperatorWord(_ word: String) -> Bool {
    switch word {
    case "and", "or", "not", "in": true
    default: false
    }
  }

  mutating func statements() -> [Statement] {
    var statements: [Statement] = []
    var indent: Int?
    // Whether the statement above was refused: the lines under it follow from its mistake.
    var isRefused = false
    while token.kind != .end, diagnostics.count < Reader.mistakeLimit {
      if token.kind == .newline || token.isSymbol(";") {
        advance()
        continue
      }
      if index == 0 || tokens[index - 1].kind == .newline {
        let isDeeper = indent.map { token.indent > $0 } ?? false
        if isDeeper {
          // Not a statement of its own: reading it as one would add mistakes that follow from this one.
          if !isRefused { diagnostics.append(indentationMistake()) }
          isRefused = true
          skipLine()
          continue
        }
        indent = token.indent
        isRefused = false
      }
      let start = index
      do {
        statements.append(try statement())
        reportUnindentedBlock(under: statements[statements.count - 1])
      } catch {
        isRefused = true
        recover(from: start, error)
      }
    }
    return statements
  }

  func indentationMistake() -> Diagnostic {
    Diagnostic(
      "unexpected indentation", at: token.span,
      hint: "a line continues inside brackets or after a trailing '\\'")
  }

  /// Lines of a block that stand at the left: one mistake for all of them.
  private mutating func reportUnindentedBlock(under statement: Statement) {
    guard case .command(let command) = statement.kind, grammar.blockCommands.contains(command.verb.text),
      command.block.isEmpty, token.kind == .newline
    else { return }
    var first: Span?
    while token.kind == .newline, startsBlockLine(ahead: 1) {
      advance()
      first = first ?? token.span
      skipLine()
    }
    guard let first else { return }
    let verb = command.verb.text
    diagnostics.append(
      Diagnostic(
        "expected an indented block after '\(verb)'", at: first,
        hint: "write the parameters indented under \(verb)"))
  }

  /// `NAME in`, `NAME[0] in` or `subject to`.
  private func startsBlockLine(ahead: Int) -> Bool {
    guard let name = token(ahead: ahead).name else { return false }
    let isIndexed = token(ahead: ahead + 1).isSymbol("[") && token(ahead: ahead + 3).isSymbol("]")
    return token(ahead: ahead + 1).isName("in") || name == "subject" && token(ahead: ahead + 1).isName("to")
      || isIndexed && token(ahead: ahead + 4).isName("in")
  }

  mutating func skipLine() {
    while token.kind != .newline && token.kind != .end { advance() }
  }

  /// Keeps the mistake, unless the lexer or an open bracket explains it, and goes to the statement's end.
  mutating func recover(from start: Int, _ error: any Error) {
    while !token.endsStatement { advance() }
    if let name = tokens[start].name, tokens[min(start + 1, tokens.count - 1)].isSymbol("=") {
      unreadNames.append(name)
    }
    guard let diagnostic = error as? Diagnostic else { return }
    let span = Span(tokens[start].span.start, max(lastEnd, diagnostic.span.end))
    let isExplained =
      diagnostics.contains { span.contains($0.span.start) && $0.span.start <= diagnostic.span.start }
      || unclosed.map { span.contains($0) } ?? false
    if !isExplained { diagnostics.append(diagnostic) }
  }

  private mutating func statement() throws -> Statement {
    let start = token
    let kind = try statementKind()
    if token.isSymbol("=") { throw assignmentMistake(from: start) }
    guard token.endsStatement else { throw trailing(kind) }
    let span = Span(start.span.start, lastEnd)
    var hidesResult = false
    if token.isSymbol(";") {
      hidesResult = next.kind == .newline || next.kind == .end
      advance()
    }
    if case .command(var command) = kind, grammar.blockCommands.contains(command.verb.text),
      token.kind == .newline, token(ahead: 1).indent > start.indent, token(ahead: 1).kind != .end
    {
      (command.block, command.isWhole) = block(under: start.indent)
      command.span.end = max(command.span.end, command.block.last?.span.end ?? 0)
      return Statement(kind: .command(command), hidesResult: hidesResult, span: command.span)
    }
    return Statement(kind: kind, hidesResult: hidesResult, span: span)
  }

  /// What stands after a whole statement: `x = data digits` is a command in the place of a value.
  private func trailing(_ kind: Statement.Kind) -> any Error {
    guard case .assignment(_, .name(let verb, let span)) = kind, grammar.commands.contains(verb) else {
      return unexpected()
    }
    var end = index
    while !tokens[end].endsStatement { end += 1 }
    let line = source.text(Span(span.start, tokens[end - 1].span.end))
    return Diagnostic("'\(verb)' is a command, not a value", at: span, hint: "write the command alone: \(line)")
  }

  private mutating func statementKind() throws -> Statement.Kind {
    if let question = try question() { return .question(question) }
    if let python = pythonMistake() { throw python }
    if token.isName("assert"), !next.isSymbol("="), !next.isSymbol(".") { return try assertion() }
    guard let name = token.name, Reader.literal(name) == nil || next.isSymbol("="), !Reader.isOperatorWord(name)
    else { return .expression(try expression()) }
    if next.isSymbol("=") { return try assignment(to: Word(name, at: token.span)) }
    if grammar.commands.contains(name), !continuesAsExpression(token, next, token(ahead: 2)) {
      return .command(try command(verb: Word(name, at: token.span)))
    }
    if startsSpacedValue(next) { throw unknownCommand(Word(name, at: token.span)) }
    return .expression(try expression())
  }

  /// Whether what follows a command's name makes it a value: `.`, a bracket directly after it, a spaced operator.
  private func continuesAsExpression(_ name: Token, _ next: Token, _ after: Token) -> Bool {
    switch next.kind {
    case .symbol("."): return true
    case .symbol("["): return !next.isSpacedBefore
    case .name("not"): return after.isName("in")
    case .name("and"), .name("or"), .name("in"): return !after.isSymbol("=")
    case .symbol("+"), .symbol("-"): return !next.isSpacedBefore || after.isSpacedBefore
    case .symbol(let text): return Reader.level(of: text) != nil || text == ".."
    default: return false
    }
  }

  private func startsSpacedValue(_ token: Token) -> Bool {
    switch token.kind {
    case .name(let text): !Reader.isOperatorWord(text)
    case .int, .float, .string, .duration, .intBeyondByOne: true
    default: false
    }
  }

  private func unknownCommand(_ word: Word) -> Diagnostic {
    return Diagnostic(
      "unknown command '\(word.text)'", at: word.span,
      hint: grammar.hint(word.text) ?? Suggestion.hint(for: word.text, among: grammar.commands.sorted())
        ?? "help lists the commands")
  }

  private mutating func assignment(to name: Word) throws -> Statement.Kind {
    advance()
    advance()
    if token.endsStatement { throw unexpected("expected a value for '\(name.text)'") }
    let value = try expression()
    if let literal = Reader.literal(name.text) {
      guard case .literal(literal, _) = value else {
        throw Diagnostic("'\(name.text)' always means \(literal)", at: name.span, hint: "choose another name")
      }
    }
    return .assignment(name: name, value: value)
  }

  private func assignmentMistake(from start: Token) -> any Error {
    let isAugmented = index > 0 && !token.isSpacedBefore && Reader.level(of: source.text(tokens[index - 1].span)) != nil
    return Diagnostic(
      "only a name can be given a value", at: token.span,
      hint: isAugmented ? "write the sum out: x = x + 1" : "a comparison is written ==")
  }

  /// `?train`, `train?`, `??train`, `?step.factor`, `?` alone.
  private mutating func question() throws -> Word? {
    if token.isSymbol("?") {
      while take("?") {}
      let start = token.span.start
      if token.endsStatement { return Word("", at: Span(lastEnd - 1, lastEnd)) }
      guard let text = path() else { throw unexpected("expected the word that is asked about") }
      return Word(text, at: Span(start, lastEnd))
    }
    guard token.name != nil, next.isSymbol("?") || next.isSymbol(".") else { return nil }
    let start = index
    if let text = path(), token.isSymbol("?") {
      let word = Word(text, at: Span(tokens[start].span.start, lastEnd))
      while take("?") {}
      return word
    }
    index = start
    return nil
  }

  private mutating func path() -> String? {
    guard var text = token.name else { return nil }
    advance()
    while token.isSymbol("."), let name = next.name {
      text += "." + name
      advance()
      advance()
    }
    return text
  }
}

extension BlockLine {
  package var span: Span {
    switch self {
    case .parameter(_, _, _, _, let span), .constraint(_, _, let span): span
    }
  }
}
