import Language

/// Reads a text as an expression, as cells that hold texts of calls need it.
enum ExpressionText {
  static func read(_ text: String) -> Expression? { try? parse(text) }

  static func parse(_ text: String) throws(Diagnostic) -> Expression {
    try Parser(Grammar(commands: [], blockCommands: [])).parseExpression(text)
  }
}
