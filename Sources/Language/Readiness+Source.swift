extension Readiness {
  /// Whether a cell can run as it stands: open brackets, an open text, a trailing `\` and a block ask for more.
  ///
  /// A block ends with a line of blanks or a dedented one. O(length).
  package static func of(_ text: String, _ grammar: Grammar) -> Readiness {
    let source = Source(text)
    let lexer = Lexer.tokens(of: source)
    if lexer.endsInsideString { return .incomplete(indent: "") }
    let (program, diagnostics) = Parser(grammar).parse(lexer)
    if !lexer.open.isEmpty {
      // The open bracket itself is no mistake yet; one in front of it is.
      let isSound = diagnostics.allSatisfy { lexer.open.contains($0.span.start) }
      return isSound ? .incomplete(indent: String(repeating: " ", count: 4)) : .invalid
    }
    if lexer.endsAfterBackslash { return .incomplete(indent: "    ") }
    guard diagnostics.isEmpty else { return .invalid }
    return blockIndent(program, source, grammar).map { .incomplete(indent: $0) } ?? .complete
  }

  /// The indentation of a block that the next line could go on with; nil where the cell is done.
  private static func blockIndent(_ program: Program, _ source: Source, _ grammar: Grammar) -> String? {
    guard let last = program.statements.last, !last.hidesResult, case .command(let command) = last.kind,
      grammar.blockCommands.contains(command.verb.text)
    else { return nil }
    let lastLine = source.text(source.span(ofLine: source.lineCount))
    if lastLine.allSatisfy(\.isWhitespace), source.lineCount > 1 { return nil }
    // A line of comment at the left margin is dedented too.
    let indent = String(lastLine.prefix { $0 == " " || $0 == "\t" })
    if command.block.isEmpty {
      return source.line(of: command.span.start) == source.lineCount ? indent + "    " : nil
    }
    return indent.isEmpty ? nil : indent
  }
}
