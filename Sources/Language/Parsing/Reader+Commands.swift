extension Reader {
  /// A verb and what follows it on its line: values, then `key=value` pairs; or all of them in brackets, as a call.
  mutating func command(verb: Word) throws -> Command {
    advance()
    var command = Command(verb: verb, positionals: [], keywords: [], block: [], span: verb.span)
    if token.isSymbol("("), !token.isSpacedBefore, closesAtStatementEnd() {
      advance()
      for argument in try arguments().list {
        if let name = argument.name {
          command.keywords.append((name, argument.value))
        } else {
          command.positionals.append(argument.value)
        }
      }
    } else {
      var keys: Set<String> = []
      while !token.endsStatement { try part(of: &command, &keys) }
    }
    command.span.end = lastEnd
    return command
  }

  private mutating func part(of command: inout Command, _ keys: inout Set<String>) throws {
    if let key = takeKey() {
      if !keys.insert(key.text).inserted {
        throw Diagnostic("'\(key.text)' is given twice", at: key.span)
      }
      if token.endsStatement { throw missingValue(of: key) }
      command.keywords.append((key, try expression(spaced: true)))
      return
    }
    switch token.kind {
    case .symbol(","):
      throw unexpected(hint: "values and key=value pairs are separated by spaces")
    case .symbol(":"):
      throw unexpected(hint: "a parameter is given as key=value")
    case .symbol("="):
      throw unexpected(hint: "write a parameter's name before '='")
    case .symbol("?"):
      throw unexpected(hint: "\(command.verb.text)? alone asks for help")
    default: break
    }
    let value = try expression(spaced: true)
    // `train epochs=5 neurons in {32, 128}`: a membership is as good as a pair.
    if !command.keywords.isEmpty, !value.isMembership { throw misplaced(value) }
    if grammar.blockCommands.contains(command.verb.text), case .binary("in", _, _, let span) = value {
      let verb = command.verb.text
      throw Diagnostic(
        "parameters are not given on the line of '\(verb)'", at: span,
        hint: "write each indented under \(verb), on a line of its own")
    }
    command.positionals.append(value)
  }

  private func missingValue(of key: Word) -> any Error {
    if token.kind == .invalid { return AlreadyReported() }
    return Diagnostic("expected a value for '\(key.text)'", at: Span(key.span.start, lastEnd))
  }

  private func misplaced(_ value: Expression) -> Diagnostic {
    if case .name(let name, let span) = value, !token.endsStatement {
      return Diagnostic("expected '=' after '\(name)'", at: span, hint: "parameters are given as key=value")
    }
    return Reader.valueBehindKeys(value.span)
  }

  /// Steps over `key =`, `hidden[0] =` or `"optimizer.lr" =`.
  private mutating func takeKey() -> Word? {
    if next.isSymbol("="), let word = token.name.map({ Word($0, at: token.span) }) ?? quotedName() {
      advance()
      advance()
      return word
    }
    guard let (word, length) = indexedName(), token(ahead: length).isSymbol("=") else { return nil }
    for _ in 0...length { advance() }
    return word
  }

  /// `"optimizer.lr"`: a parameter of another program, whose name is not a word here.
  func quotedName() -> Word? {
    guard case .string(let name) = token.kind, !name.isEmpty else { return nil }
    return Word(name, at: token.span)
  }

  /// `hidden[0]`, written without spaces: a word of its own, and its number of tokens.
  func indexedName() -> (Word, length: Int)? {
    guard let name = token.name, next.isSymbol("["), !next.isSpacedBefore, case .int(let index) = token(ahead: 2).kind,
      token(ahead: 3).isSymbol("]")
    else { return nil }
    return (Word("\(name)[\(index)]", at: token.span.union(token(ahead: 3).span)), 4)
  }

  /// Whether the bracket that is next closes at the end of its statement.
  private func closesAtStatementEnd() -> Bool {
    var open = 0
    for offset in index..<tokens.count {
      switch tokens[offset].kind {
      case .symbol("("), .symbol("["), .symbol("{"): open += 1
      case .symbol(")"), .symbol("]"), .symbol("}"):
        open -= 1
        if open == 0 { return tokens[min(offset + 1, tokens.count - 1)].endsStatement }
      // A bracket that its own statement leaves open is not looked for further on, by each statement anew.
      case .newline, .end, .symbol(";"): return false
      default: break
      }
    }
    return false
  }
}

extension Expression {
  fileprivate var isMembership: Bool { if case .binary("in", _, _, _) = self { true } else { false } }
}
