/// A parsed cell. Nodes carry their spans; nothing here knows a command by name.
package struct Program: Sendable {
  package var statements: [Statement]
  /// Names that statements which could not be read would have given a value.
  package var unreadNames: [String]

  package init(statements: [Statement], unreadNames: [String] = []) {
    self.statements = statements
    self.unreadNames = unreadNames
  }
}

package struct Statement: Sendable {
  package enum Kind: Sendable {
    case command(Command)
    case assignment(name: Word, value: Expression)
    case expression(Expression)
    /// `assert CONDITION, "text"`
    case assertion(Expression, text: Expression?)
    /// `?train`, `train?`, `?step.factor`; the word is empty for a bare `?`.
    case question(Word)
  }
  package var kind: Kind
  /// A `;` at the end of the line.
  package var hidesResult: Bool
  package var span: Span
}

package struct Word: Sendable, Hashable {
  package var text: String
  package var span: Span

  package init(_ text: String, at span: Span) {
    self.text = text
    self.span = span
  }
}

/// A verb, positional values, `key=value` pairs and, for block commands, the indented lines under it.
package struct Command: Sendable {
  package var verb: Word
  package var positionals: [Expression]
  /// In written order; no key stands twice.
  package var keywords: [(key: Word, value: Expression)]
  package var block: [BlockLine]
  package var span: Span
  /// Whether every line of its block could be read.
  package var isWhole = true
}

/// A line of a `space` block.
package enum BlockLine: Sendable {
  /// `NAME in DOMAIN [step N] [when CONDITION]`; the name may be indexed (`hidden[0]`).
  case parameter(name: Word, domain: Expression, step: Expression?, condition: Expression?, span: Span)
  /// `subject to CONDITION`; the text is the condition as written.
  case constraint(Expression, text: String, span: Span)
}

package indirect enum Expression: Sendable {
  case literal(Value, Span)
  case name(String, Span)
  /// `[1, 2]` or `(1, 2)`.
  case list([Expression], Span)
  case dict([(key: Expression, value: Expression)], Span)
  case set([Expression], Span)
  case range(Expression, Expression, Span)
  /// `step(factor=0.5)`, `run("deep")`: `callee` is a name or an attribute path.
  case call(callee: Expression, arguments: [Argument], Span)
  case attribute(Expression, Word, Span)
  case element(Expression, index: Expression, Span)
  /// `-`, `+`, `not`.
  case unary(String, Expression, Span)
  /// `+ - * / // % **`, `== != < <= > >= in`, `not in`, `and`, `or`. A comparison `0 < x < 1` is `0 < x and x < 1`.
  case binary(String, Expression, Expression, Span)
  /// Two or more operators of one rank from the left on: `1 + 2 - 3`, `a and b and c`. A tree would be as high as such a run
  /// is long.
  case chain(Expression, [Link], Span)

  /// An operator of a chain, and what follows it.
  package struct Link: Sendable {
    package var sign: String
    package var operand: Expression

    package init(_ sign: String, _ operand: Expression) {
      self.sign = sign
      self.operand = operand
    }
  }

  /// One argument of a call: `0.5`, `factor=0.5`.
  package struct Argument: Sendable {
    package var name: Word?
    package var value: Expression

    package init(name: Word? = nil, value: Expression) {
      self.name = name
      self.value = value
    }
  }

  package var span: Span {
    switch self {
    case .literal(_, let span), .name(_, let span), .list(_, let span), .dict(_, let span), .set(_, let span),
      .range(_, _, let span), .call(_, _, let span), .attribute(_, _, let span), .element(_, _, let span),
      .unary(_, _, let span), .binary(_, _, _, let span), .chain(_, _, let span):
      span
    }
  }

  /// The same with the brackets around it.
  func spanning(_ span: Span) -> Expression {
    switch self {
    case .literal(let value, _): .literal(value, span)
    case .name(let name, _): .name(name, span)
    case .list(let parts, _): .list(parts, span)
    case .dict(let pairs, _): .dict(pairs, span)
    case .set(let parts, _): .set(parts, span)
    case .range(let low, let high, _): .range(low, high, span)
    case .call(let callee, let arguments, _): .call(callee: callee, arguments: arguments, span)
    case .attribute(let base, let name, _): .attribute(base, name, span)
    case .element(let base, let index, _): .element(base, index: index, span)
    case .unary(let sign, let operand, _): .unary(sign, operand, span)
    case .binary(let sign, let left, let right, _): .binary(sign, left, right, span)
    case .chain(let first, let links, _): .chain(first, links, span)
    }
  }
}
