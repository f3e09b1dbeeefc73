extension Reader {
  /// How tightly operators bind, loosest first.
  enum Level: Int, Comparable {
    case or, and, not, comparison, range, sum, product, sign, power

    static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    var above: Level { Level(rawValue: rawValue + 1) ?? .power }
  }

  /// The rank of an infix sign; nil for what is none.
  static func level(of sign: String) -> Level? {
    switch sign {
    case "==", "!=", "<", "<=", ">", ">=": .comparison
    case "+", "-": .sum
    case "*", "/", "//", "%": .product
    case "**": .power
    default: nil
    }
  }

  /// An expression and how high its tree is.
  struct Node {
    var expression: Expression
    var height: Int

    init(_ expression: Expression, height: Int = 0) {
      self.expression = expression
      self.height = height
    }
  }

  /// A whole expression. `spaced`: it stands among values separated by spaces.
  mutating func expression(spaced: Bool = false) throws -> Expression { try binary(.or, spaced).expression }

  /// An expression without the operators up to a level: a domain is read above comparisons.
  mutating func operand(above level: Level) throws -> Expression { try binary(level.above, false).expression }

  mutating func nested<Result>(_ read: (inout Reader) throws -> Result) throws -> Result {
    guard depth < Reader.depthLimit else { throw tooDeep() }
    depth += 1
    defer { depth -= 1 }
    return try read(&self)
  }

  private func tooDeep() -> any Error {
    if token.kind == .invalid { return AlreadyReported() }
    return Diagnostic("nested too deeply", at: token.span, hint: "give a part of it a name on a line of its own")
  }

  func node(_ expression: Expression, over parts: Node...) throws -> Node {
    try node(expression, height: parts.reduce(0) { max($0, $1.height) } + 1)
  }

  private func node(_ expression: Expression, height: Int) throws -> Node {
    guard height <= Reader.heightLimit else { throw tooDeep() }
    return Node(expression, height: height)
  }

  /// Operators of one rank and their operands, as far as they have been read.
  private struct Run {
    var first: Node
    var links: [Expression.Link] = []
    var level: Level?
    var height: Int
    /// What a further comparison compares with: the operand after the last one.
    var comparand: Node?

    init(_ first: Node) { (self.first, height) = (first, first.height) }

    mutating func append(_ sign: String, _ operand: Node) {
      links.append(.init(sign, operand.expression))
      height = max(height, operand.height)
    }
  }

  /// Precedence climbing: everything that binds at least as tightly as `lowest`.
  mutating func binary(_ lowest: Level, _ spaced: Bool) throws -> Node {
    var run = Run(try prefix(lowest, spaced))
    while let (text, level, length) = infix(spaced), level >= lowest {
      let operatorToken = token
      for _ in 0..<length { advance() }
      if token.isSymbol("="), !token.isSpacedBefore { index -= 1; throw augmented(operatorToken) }
      // `**` groups to the right, the others to the left.
      if text == "%", token.endsStatement || (token.name != nil && next.isSymbol("=")) {
        throw percent(run.first.expression, operatorToken)
      }
      let right = try nested { try $0.binary(level == .power ? .sign : level.above, spaced) }
      if run.level != level {
        run = Run(try folded(run))
        run.level = level
      }
      switch level {
      case .range:
        run = Run(try pair(.range, "..", run.first, right))
        if token.isSymbol("..") { throw unexpected(hint: "a range has two ends; write its step after 'step'") }
      case .comparison:
        let compared = try pair(.comparison, text, run.comparand ?? run.first, right)
        if run.comparand == nil {
          run = Run(compared)
          run.level = level
        } else {
          run.append("and", compared)
        }
        run.comparand = right
      default: run.append(text, right)
      }
    }
    return try folded(run)
  }

  private func pair(_ level: Level, _ sign: String, _ left: Node, _ right: Node) throws -> Node {
    let span = left.expression.span.union(right.expression.span)
    return try node(
      level == .range
        ? .range(left.expression, right.expression, span) : .binary(sign, left.expression, right.expression, span),
      over: left, right)
  }

  /// A run as one expression.
  private func folded(_ run: Run) throws -> Node {
    guard let last = run.links.last else { return run.first }
    let first = run.first.expression
    let span = first.span.union(last.operand.span)
    return try node(
      run.links.count == 1 ? .binary(last.sign, first, last.operand, span) : .chain(first, run.links, span),
      height: run.height + 1)
  }

  /// The infix operator that is next, its level and its number of tokens.
  private func infix(_ spaced: Bool) -> (String, Level, Int)? {
    switch token.kind {
    case .symbol(".."): return ("..", .range, 1)
    case .symbol(let text):
      guard let level = Reader.level(of: text) else { return nil }
      // Among spaced values, `7 -0.38` are two.
      if spaced, text == "+" || text == "-", token.isSpacedBefore, !next.isSpacedBefore { return nil }
      return (text, level, 1)
    case .name("and"): return ("and", .and, 1)
    case .name("or"): return ("or", .or, 1)
    case .name("in"): return ("in", .comparison, 1)
    case .name("not"): return next.isName("in") ? ("not in", .comparison, 2) : nil
    default: return nil
    }
  }

  /// `test=20%`: the sign keeps a remainder here.
  private func percent(_ number: Expression, _ sign: Token) -> Diagnostic {
    var hint = "write the share: 0.2 for 20 percent"
    if case .literal(let value, _) = number, let percent = value.number { hint = "write \(Value.float(percent / 100))" }
    return Diagnostic("a percentage is written as a share", at: number.span.union(sign.span), hint: hint)
  }

  private func augmented(_ sign: Token) -> Diagnostic {
    let text = source.text(sign.span)
    return Diagnostic(
      "'\(text)=' is not known", at: Span(sign.span.start, sign.span.end + 1), hint: "write it out: x = x \(text) 1")
  }

  private mutating func prefix(_ lowest: Level, _ spaced: Bool) throws -> Node {
    let start = token.span
    if token.isName("not") {
      guard lowest <= .not else { throw unexpected(hint: "put 'not ...' in brackets") }
      advance()
      let operand = try nested { try $0.binary(.not, spaced) }
      return try node(.unary("not", operand.expression, start.union(operand.expression.span)), over: operand)
    }
    guard token.isSymbol("-") || token.isSymbol("+") else { return try postfix(spaced) }
    let sign = token.isSymbol("-") ? "-" : "+"
    advance()
    if sign == "-", token.kind == .intBeyondByOne {
      let span = start.union(token.span)
      advance()
      return Node(.literal(.int(.min), span))
    }
    let operand = try nested { try $0.binary(.power, spaced) }
    let span = start.union(operand.expression.span)
    switch (sign, operand.expression) {
    case ("-", .literal(.int(let value), _)) where value != .min: return Node(.literal(.int(-value), span))
    case ("-", .literal(.float(let value), _)): return Node(.literal(.float(-value), span))
    default: return try node(.unary(sign, operand.expression, span), over: operand)
    }
  }
}
