/// The place within a line of a block: its name, its domain, `step`, `when` or a rule.
struct BlockCursor {
  let command: CursorContext.CommandPlace
  let earlier: [String]
  let reader: CursorReader

  func place(_ line: [Token]) -> CursorContext.Place {
    guard let name = line.first?.name else { return .blockName(command: command, earlier: earlier) }
    if name == "subject" {
      if line.count == 1 { return .blockWord(["to"]) }
      return condition(line.dropFirst(2))
    }
    guard let membership = line.firstIndex(where: { $0.isName("in") }) else { return .blockWord(["in"]) }
    if let when = outermost("when", in: line) { return condition(line[(when + 1)...]) }
    if outermost("step", in: line) != nil {
      return line.last?.isName("step") == true ? .nothing : .blockWord(["when"])
    }
    let parameter = reader.source.text(Span(line[0].span.start, line[membership].span.start)).filter {
      !$0.isWhitespace
    }
    var walk = CommandWalk(verb: "", reader: reader)
    walk.read(line[(membership + 1)...])
    let isDone = walk.path.isEmpty && line.count > membership + 1 && reader.isSpacedBefore && !endsInOperator(line)
    return isDone ? .blockWord(["step", "when"]) : .blockDomain(of: parameter, command: command, path: walk.path)
  }

  /// Where a word stands outside all brackets: `step(...)` in a set is a schedule.
  private func outermost(_ word: String, in line: [Token]) -> Int? {
    var depth = 0
    return line.firstIndex { token in
      if case .symbol(let text) = token.kind {
        if "([{".contains(text) { depth += 1 }
        if ")]}".contains(text) { depth -= 1 }
      }
      return depth == 0 && token.isName(word)
    }
  }

  private func endsInOperator(_ line: [Token]) -> Bool {
    guard case .symbol(let text)? = line.last?.kind else { return false }
    return ![")", "]", "}"].contains(text)
  }

  /// Behind `optimizer ==`, and within `optimizer in {`, a value of that parameter stands.
  private func condition(_ tokens: ArraySlice<Token>) -> CursorContext.Place {
    let comparisons: Set<String> = ["==", "!=", "<", "<=", ">", ">="]
    var subject: String?
    if case .symbol(let text)? = tokens.last?.kind, comparisons.contains(text) {
      subject = tokens.dropLast().last?.name
    }
    if let brace = tokens.lastIndex(where: { $0.isSymbol("{") }),
      !tokens[brace...].contains(where: { $0.isSymbol("}") })
    {
      let before = tokens[..<brace].filter { !$0.isName("in") && !$0.isName("not") }
      subject = before.last?.name
    } else if subject == nil, let last = tokens.last, last.name != nil || last.isSymbol("}"), !isOperator(last) {
      return .blockWord(["and", "or", "in", "not"])
    }
    return .condition(of: subject, command: command, earlier: earlier)
  }

  private func isOperator(_ token: Token) -> Bool {
    token.name.map { ["and", "or", "not", "in"].contains($0) } ?? false
  }
}
