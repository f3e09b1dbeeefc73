/// Finds the context of a position: cuts the cell there, takes the word off, and reads the statement that is left.
struct CursorReader {
  let source: Source
  let position: Int
  let grammar: Grammar
  private let lexer: Lexer
  let partial: Span
  private let isInString: Bool
  /// What stands before the word; without the newline that ends every cell.
  private let tokens: [Token]

  init(text: String, position: Int, grammar: Grammar) {
    let whole = Source(text)
    let end = min(max(position, 0), whole.count)
    source = whole
    self.position = end
    self.grammar = grammar
    lexer = Lexer.tokens(of: Source(whole.text(Span(0, end))))
    isInString = lexer.cutString != nil
    var start = lexer.cutString ?? end
    if lexer.cutString == nil {
      while start > 0, whole.scalars[start - 1].continuesName { start -= 1 }
    }
    partial = Span(start, end)
    // The opening quote belongs to the word as well.
    let cut = lexer.cutString.map { $0 - 1 } ?? start
    tokens = lexer.tokens.dropLast(2).filter { $0.span.start < cut && $0.span.end <= start }
  }

  func context() -> CursorContext {
    CursorContext(partial: source.text(partial), span: partial, isInString: isInString, place: place())
  }

  private func place() -> CursorContext.Place {
    if isInComment || (!isInString && startsWithDigit) { return .nothing }
    let lines = statements()
    let current = lines.last ?? []
    if !isInString, let dot = current.last, dot.isSymbol("."), dot.span.end == partial.start {
      return .attribute(of: baseText(current.dropLast()))
    }
    if current.contains(where: { $0.isSymbol("?") }) { return .question }
    if let block = block(lines) {
      return BlockCursor(command: block.command, earlier: block.earlier, reader: self).place(current)
    }
    guard let first = current.first else { return isInString ? .expression(path: []) : .statement }
    if let verb = first.name, grammar.commands.contains(verb),
      !current.dropFirst().prefix(1).contains(where: { $0.isSymbol("=") })
    {
      var walk = CommandWalk(verb: verb, reader: self)
      walk.read(current.dropFirst())
      return walk.place(isSpaced: isSpacedBefore, keysBehind: keysBehind())
    }
    var walk = CommandWalk(verb: "", reader: self)
    walk.read(current[...])
    return .expression(path: walk.path)
  }

  // MARK: The word

  private var startsWithDigit: Bool { !partial.isEmpty && source.scalars[partial.start].isDigit }

  var isSpacedBefore: Bool {
    let before = (isInString ? partial.start - 1 : partial.start) - 1
    return before < 0 || [" ", "\t", "\n", "\r"].contains(source.scalars[before])
  }

  /// The lexer drops comments: the position is in one if a `#` after the last token of its line was skipped.
  private var isInComment: Bool {
    guard !isInString else { return false }
    let line = source.span(ofLine: source.line(of: position))
    var place = max(line.start, tokens.last.map(\.span.end) ?? 0)
    while place < position {
      if source.scalars[place] == "#" { return true }
      place += 1
    }
    return false
  }

  // MARK: Statements

  /// The tokens of each statement up to the position; the last is the one being typed.
  private func statements() -> [[Token]] {
    var lines: [[Token]] = [[]]
    var depth = 0
    for token in tokens {
      if token.kind == .newline || (token.isSymbol(";") && depth == 0) {
        lines.append([])
        depth = 0
        continue
      }
      if case .symbol(let text) = token.kind {
        if "([{".contains(text) { depth += 1 }
        if ")]}".contains(text) { depth = max(0, depth - 1) }
      }
      lines[lines.count - 1].append(token)
    }
    return lines
  }

  /// The block command that the current line belongs to, and the names of the block's lines before it.
  private func block(_ lines: [[Token]]) -> (command: CursorContext.CommandPlace, earlier: [String])? {
    let indent = lines.last?.first?.indent ?? indentOfLine()
    guard indent > 0 else { return nil }
    var earlier: [String] = []
    for line in lines.dropLast().reversed() {
      guard let first = line.first else { continue }
      if first.indent >= indent {
        if let name = first.name { earlier.append(name) }
        continue
      }
      guard let verb = first.name, grammar.blockCommands.contains(verb) else { return nil }
      let words = line.dropFirst().compactMap(\.name)
      return (CursorContext.CommandPlace(verb: verb, positionals: words), earlier.reversed())
    }
    return nil
  }

  private func indentOfLine() -> Int {
    let line = source.span(ofLine: source.line(of: partial.start))
    var indent = 0
    for place in line.start..<partial.start {
      switch source.scalars[place] {
      case " ", "\u{A0}": indent += 1
      case "\t": indent = (indent / 8 + 1) * 8
      default: return 0
      }
    }
    return indent
  }

  /// The keys after the position on its line.
  private func keysBehind() -> [String] {
    let end = source.span(ofLine: source.line(of: position)).end
    var start = position
    while start < end, source.scalars[start].continuesName { start += 1 }
    let rest = Lexer.tokens(of: Source(source.text(Span(start, end)))).tokens
    return zip(rest, rest.dropFirst()).compactMap { $1.isSymbol("=") ? $0.name : nil }
  }

  // MARK: Attributes

  /// The source of the value that ends with these tokens: a name with its attributes, calls and indices.
  private func baseText(_ tokens: ArraySlice<Token>) -> String {
    var depth = 0
    var start: Int?
    for (offset, token) in tokens.enumerated().reversed() {
      let index = tokens.startIndex + offset
      if token.isSymbol(")") || token.isSymbol("]") { depth += 1 }
      if token.isSymbol("(") || token.isSymbol("[") { depth -= 1 }
      if depth < 0 { break }
      start = index
      if depth == 0, token.name != nil, index == tokens.startIndex || !tokens[index - 1].isSymbol(".") { break }
    }
    guard let start, let last = tokens.last else { return "" }
    return source.text(Span(tokens[start].span.start, last.span.end))
  }
}
