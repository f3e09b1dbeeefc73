extension Reader {
  /// The indented lines under a block command. A mistake costs its own line.
  mutating func block(under indent: Int) -> (lines: [BlockLine], isWhole: Bool) {
    var lines: [BlockLine] = []
    var isWhole = true
    var ownIndent: Int?
    while token.kind == .newline, next.kind != .end, next.indent > indent, diagnostics.count < Reader.mistakeLimit {
      advance()
      let start = index
      do {
        if let ownIndent, token.indent != ownIndent { throw unevenIndentation(ownIndent) }
        ownIndent = token.indent
        repeat {
          if token.kind == .newline || token.kind == .end { break }
          lines.append(try blockLine())
        } while take(";")
        guard token.kind == .newline || token.kind == .end else { throw unexpected() }
      } catch {
        recover(from: start, error)
        skipLine()
        isWhole = false
      }
    }
    return (lines, isWhole)
  }

  private func unevenIndentation(_ first: Int) -> Diagnostic {
    Diagnostic(
      "this line is indented \(token.indent > first ? "deeper" : "less") than the first line of the block",
      at: token.span, hint: "use \(first) space\(first == 1 ? "" : "s") as there")
  }

  private mutating func blockLine() throws -> BlockLine {
    let start = token.span.start
    if token.isName("subject"), next.isName("to") {
      advance()
      advance()
      let condition = try expression()
      return .constraint(condition, text: oneLine(condition.span), span: Span(start, lastEnd))
    }
    let name = try parameterName()
    guard token.isName("in") else { throw expectedIn(name) }
    advance()
    if token.endsStatement {
      throw unexpected("expected the values of '\(name.text)'", hint: "1..4, {a, b} or log(1e-5..1)")
    }
    let domain = try operand(above: .comparison)
    var step: Expression?
    var condition: Expression?
    if token.isName("step") {
      advance()
      step = try operand(above: .comparison)
    }
    if token.isName("when") {
      advance()
      condition = try expression()
    }
    if token.isName("if") { throw unexpected(hint: "write 'when'") }
    if !token.endsStatement, token.kind != .invalid {
      let hint = token.isSymbol("=") ? "a comparison is written ==" : nameHint(["step", "when"])
      throw unexpected("expected 'step', 'when' or the end of the line", hint: hint)
    }
    return .parameter(name: name, domain: domain, step: step, condition: condition, span: Span(start, lastEnd))
  }

  private mutating func parameterName() throws -> Word {
    if let (word, length) = indexedName() {
      for _ in 0..<length { advance() }
      return word
    }
    if let word = quotedName() {
      advance()
      return word
    }
    guard let name = token.name, !Reader.isOperatorWord(name) else {
      throw unexpected("expected a parameter's name")
    }
    let word = Word(name, at: token.span)
    advance()
    return word
  }

  private func expectedIn(_ name: Word) -> any Error {
    let hint = "a line of a space is 'name in values': \(name.text) in 1..4"
    return unexpected("expected 'in' after '\(name.text)'", hint: hint)
  }

  private func nameHint(_ words: [String]) -> String? {
    token.name.flatMap { Suggestion.hint(for: $0, among: words) }
  }

  /// A condition's text, with the spaces of line ends and continuations made one.
  private func oneLine(_ span: Span) -> String {
    source.text(span).split(whereSeparator: \.isWhitespace).filter { $0 != "\\" }.joined(separator: " ")
  }
}
