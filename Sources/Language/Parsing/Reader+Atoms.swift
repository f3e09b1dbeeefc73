extension Reader {
  /// An atom with its calls, indices and attributes. Among spaced values a bracket after a space starts the next one.
  mutating func postfix(_ spaced: Bool) throws -> Node {
    var value = try atom()
    while true {
      if spaced, token.isSpacedBefore, !token.isSymbol(".") { return value }
      let start = value.expression.span
      switch token.kind {
      case .symbol("."):
        advance()
        guard let name = token.name else { throw unexpected("expected an attribute's name after '.'") }
        let word = Word(name, at: token.span)
        advance()
        value = try node(.attribute(value.expression, word, start.union(word.span)), over: value)
      case .symbol("("):
        guard isCallable(value.expression) else { throw unexpected() }
        advance()
        let arguments = try nested { try $0.arguments() }
        value = try node(
          .call(callee: value.expression, arguments: arguments.list, Span(start.start, lastEnd)), over: value,
          arguments.highest)
      case .symbol("["):
        if case .literal(let literal, _) = value.expression, literal.number != nil { return value }
        advance()
        if token.isSymbol("]") { throw unexpected("expected an index") }
        let index = try nested { try $0.binary(.or, false) }
        if token.isSymbol(":") { throw unexpected(hint: "slices are not known; an index is one number") }
        try expect("]", "after the index")
        value = try node(
          .element(value.expression, index: index.expression, Span(start.start, lastEnd)), over: value, index)
      default: return value
      }
    }
  }

  private func isCallable(_ expression: Expression) -> Bool {
    switch expression {
    case .name, .attribute: true
    default: false
    }
  }

  private mutating func atom() throws -> Node {
    let start = token.span
    switch token.kind {
    case .int(let value): return literal(.int(value))
    case .float(let value): return literal(.float(value))
    case .duration(let value): return literal(.duration(value))
    case .string(let value): return literal(.string(value))
    case .intBeyondByOne:
      throw Diagnostic(
        "integer overflow: \(source.text(start)) does not fit 64 bits", at: start, hint: "write it as a float, 1e20")
    case .name(let text):
      if let value = Reader.literal(text) { return literal(value) }
      if Reader.isOperatorWord(text) { throw unexpected("expected a value") }
      if text == "lambda", next.name != nil || next.isSymbol(":") { throw Reader.python(text, at: start) }
      advance()
      return Node(.name(text, start))
    case .symbol("("): return try nested { try $0.bracketed(from: start) }
    case .symbol("["): return try nested { try $0.list(from: start) }
    case .symbol("{"): return try nested { try $0.braces(from: start) }
    default: throw unexpected("expected a value")
    }
  }

  private mutating func literal(_ value: Value) -> Node {
    let span = token.span
    advance()
    return Node(.literal(value, span))
  }

  /// `(1 + 2)`, or a tuple, which is a list.
  private mutating func bracketed(from start: Span) throws -> Node {
    advance()
    if take(")") { return Node(.list([], Span(start.start, lastEnd))) }
    let first = try binary(.or, false)
    if take(")") {
      return Node(first.expression.spanning(Span(start.start, lastEnd)), height: first.height)
    }
    guard token.isSymbol(",") else { throw unexpected("expected ')'") }
    advance()
    let rest = try elements(until: ")")
    return try collected([first] + rest) { .list($0, Span(start.start, lastEnd)) }
  }

  private mutating func list(from start: Span) throws -> Node {
    advance()
    let parts = try elements(until: "]")
    return try collected(parts) { .list($0, Span(start.start, lastEnd)) }
  }

  private func collected(_ parts: [Node], _ make: ([Expression]) -> Expression) throws -> Node {
    let highest = parts.max { $0.height < $1.height } ?? Node(.list([], Span(0, 0)))
    return try node(make(parts.map(\.expression)), over: highest)
  }

  /// Values separated by commas, a trailing one allowed, up to and over the closing bracket.
  private mutating func elements(until closer: String) throws -> [Node] {
    var parts: [Node] = []
    while !take(closer) {
      parts.append(try binary(.or, false))
      if take(closer) { break }
      guard take(",") else { throw unexpected("expected ',' or '\(closer)'") }
    }
    return parts
  }

  /// `{}` and `{"a": 1}` are dicts, `{relu, tanh}` is a set.
  private mutating func braces(from start: Span) throws -> Node {
    advance()
    if take("}") { return Node(.dict([], Span(start.start, lastEnd))) }
    let first = try binary(.or, false)
    guard token.isSymbol(":") else {
      if take("}") { return try collected([first]) { .set($0, Span(start.start, lastEnd)) } }
      guard take(",") else { throw unexpected("expected ',' or '}'") }
      let rest = try elements(until: "}")
      return try collected([first] + rest) { .set($0, Span(start.start, lastEnd)) }
    }
    return try dict(firstKey: first, from: start)
  }

  private mutating func dict(firstKey: Node, from start: Span) throws -> Node {
    var keys = [firstKey]
    var values: [Node] = []
    while true {
      try expect(":", "after a key")
      values.append(try binary(.or, false))
      if take("}") { break }
      guard take(",") else { throw unexpected("expected ',' or '}'") }
      if take("}") { break }
      keys.append(try binary(.or, false))
    }
    let pairs = zip(keys, values).map { (key: $0.expression, value: $1.expression) }
    let highest = (keys + values).max { $0.height < $1.height } ?? firstKey
    return try node(.dict(pairs, Span(start.start, lastEnd)), over: highest)
  }

  /// The arguments of a call, after its opening bracket, up to and over the closing one.
  mutating func arguments() throws -> (list: [Expression.Argument], highest: Node) {
    var arguments: [Expression.Argument] = []
    var highest = Node(.list([], Span(lastEnd, lastEnd)))
    var names: Set<String> = []
    while !take(")") {
      if let name = token.name, next.isSymbol("=") {
        let word = Word(name, at: token.span)
        if !names.insert(name).inserted {
          throw Diagnostic("'\(name)' is given twice", at: word.span)
        }
        advance()
        advance()
        if token.isSymbol(")") || token.isSymbol(",") { throw unexpected("expected a value for '\(name)'") }
        let value = try binary(.or, false)
        if value.height > highest.height { highest = value }
        arguments.append(Expression.Argument(name: word, value: value.expression))
      } else {
        let value = try binary(.or, false)
        if arguments.last?.name != nil { throw Reader.valueBehindKeys(value.expression.span) }
        if value.height > highest.height { highest = value }
        arguments.append(Expression.Argument(value: value.expression))
      }
      if take(")") { break }
      guard take(",") else { throw unexpected("expected ',' or ')'") }
    }
    return (arguments, highest)
  }

  static func valueBehindKeys(_ span: Span) -> Diagnostic {
    Diagnostic(
      "a value without a name follows key=value", at: span, hint: "values come first, then key=value pairs")
  }
}
