extension Reader {
  /// `assert CONDITION` or `assert CONDITION, "text"`, from its first word on.
  mutating func assertion() throws -> Statement.Kind {
    let verb = token.span
    advance()
    if token.endsStatement {
      throw unexpected("expected a condition after 'assert'", hint: "for example: assert evaluate.accuracy > 0.95")
    }
    let condition = try expression()
    if case .list(_, let span) = condition {
      throw Diagnostic(
        "a list is not a condition", at: verb.union(span), hint: "write assert CONDITION, \"text\" without brackets")
    }
    guard take(",") else { return .assertion(condition, text: nil) }
    return .assertion(condition, text: try expression())
  }
}
