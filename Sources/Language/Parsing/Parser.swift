/// Reads a whole cell: statements, and every mistake that can be told apart.
///
/// Recursive descent over the tokens, O(length). A mistake costs its own line; the next line is read afresh.
package struct Parser: Sendable {
  package let grammar: Grammar

  package init(_ grammar: Grammar) { self.grammar = grammar }

  /// The statements that could be read, and the mistakes in the order of the source.
  package func parse(_ text: String) -> (Program, [Diagnostic]) { parse(Source(text)) }

  package func parse(_ source: Source) -> (Program, [Diagnostic]) {
    parse(Lexer.tokens(of: source))
  }

  /// The same for a cell that may be long; `isCancelled` is looked at every few thousand tokens. Throws
  /// `CancellationError`.
  package func parse(_ text: String, isCancelled: @escaping () -> Bool) throws -> (Program, [Diagnostic]) {
    let lexer = Lexer.tokens(of: Source(text), isCancelled: isCancelled)
    var reader = Reader(grammar: grammar, lexer: lexer, isCancelled: isCancelled)
    let result = parse(&reader)
    if lexer.isStopped || reader.isStopped { throw CancellationError() }
    return result
  }

  func parse(_ lexer: Lexer) -> (Program, [Diagnostic]) {
    var reader = Reader(grammar: grammar, lexer: lexer)
    return parse(&reader)
  }

  private func parse(_ reader: inout Reader) -> (Program, [Diagnostic]) {
    let statements = reader.statements()
    let program = Program(statements: statements, unreadNames: reader.unreadNames)
    return (program, reader.diagnostics.sorted { $0.span.start < $1.span.start })
  }

  /// One expression alone, as `user_expressions` send it.
  package func parseExpression(_ text: String) throws(Diagnostic) -> Expression {
    let (program, diagnostics) = Parser(Grammar(commands: [], blockCommands: [])).parse(text)
    if let first = diagnostics.first { throw first }
    guard program.statements.count == 1, case .expression(let expression) = program.statements[0].kind else {
      throw Diagnostic("expected one expression", at: Span(0, text.unicodeScalars.count))
    }
    return expression
  }
}

/// The state of one reading.
struct Reader {
  let grammar: Grammar
  let source: Source
  let tokens: [Token]
  /// The innermost bracket that nothing closes.
  let unclosed: Int?
  var index = 0
  var diagnostics: [Diagnostic]
  /// Brackets and prefixes that are being read: their number is limited, as each costs stack.
  var depth = 0
  var unreadNames: [String] = []
  private let isCancelled: () -> Bool
  /// The reading was cancelled: it jumped to the end, and what it says is worth nothing.
  private(set) var isStopped = false

  static let depthLimit = 100
  /// Operators and attributes deep in a tree: whoever walks it recurses.
  static let heightLimit = 200

  /// Reading ends after so many mistakes: each is compared with the others of its line.
  static let mistakeLimit = 50

  /// Thrown where the lexer has already reported the mistake.
  struct AlreadyReported: Error {}

  init(grammar: Grammar, lexer: Lexer, isCancelled: @escaping () -> Bool = { false }) {
    self.grammar = grammar
    self.isCancelled = isCancelled
    source = lexer.source
    tokens = lexer.tokens
    unclosed = lexer.open.last
    diagnostics = lexer.diagnostics
    if let unclosed, !lexer.endsInsideString {
      let bracket = source.scalars[unclosed]
      let closer = bracket == "(" ? ")" : bracket == "[" ? "]" : "}"
      diagnostics.append(
        Diagnostic("'\(bracket)' is not closed", at: Span(unclosed, unclosed + 1), hint: "expected '\(closer)'"))
    }
  }

  var token: Token { tokens[index] }
  var next: Token { tokens[min(index + 1, tokens.count - 1)] }
  func token(ahead offset: Int) -> Token { tokens[min(index + offset, tokens.count - 1)] }
  var lastEnd: Int { index > 0 ? tokens[index - 1].span.end : 0 }

  mutating func advance() {
    if index < tokens.count - 1 { index += 1 }
    if index % Lexer.tokensPerLook == 0, isCancelled() {
      isStopped = true
      index = tokens.count - 1
    }
  }

  /// Steps over a symbol if it is next.
  mutating func take(_ symbol: String) -> Bool {
    guard token.isSymbol(symbol) else { return false }
    advance()
    return true
  }

  mutating func expect(_ symbol: String, _ purpose: String) throws {
    guard take(symbol) else { throw unexpected("expected '\(symbol)' \(purpose)") }
  }

  /// A mistake at the next token: what was expected, and what stands there.
  func unexpected(_ expectation: String? = nil, hint: String? = nil) -> any Error {
    if token.kind == .invalid { return AlreadyReported() }
    if hint == nil, let python = innerPythonMistake() { return python }
    let found = "unexpected " + description(of: token)
    return Diagnostic(
      expectation.map { "\($0), found \(description(of: token))" } ?? found, at: visible(token), hint: hint)
  }

  /// The end of a line is shown just after its last token.
  private func visible(_ token: Token) -> Span {
    guard token.kind == .newline || token.kind == .end else { return token.span }
    return Span(lastEnd, lastEnd + 1)
  }

  func description(of token: Token) -> String {
    switch token.kind {
    case .newline, .end: return "the end of the line"
    case .string: return "a string"
    default:
      let text = source.text(token.span)
      return "'\(text.count > 40 ? text.prefix(37) + "..." : text)'"
    }
  }
}
