import Language

/// `assert CONDITION, "text"`: nothing if the condition holds, else an error that shows what was compared.
struct Assertion {
  let condition: Expression
  let text: Expression?
  let scope: any Scope

  struct Failed: Error {
    var diagnostic: Diagnostic
  }

  /// What can be said before the cell runs: unknown names, and a condition that is not true or false.
  func check() throws {
    var waiting: NotYetKnown?
    for expression in [condition, text].compactMap({ $0 }) {
      do {
        let value = try scope.value(of: expression)
        if expression.span == condition.span { _ = try truth(of: value, expression) }
      } catch let later as NotYetKnown { waiting = later }
    }
    if let waiting { throw waiting }
  }

  /// Throws `Failed` if the condition is false.
  func evaluate() throws {
    guard try !truth(of: scope.value(of: condition), condition) else { return }
    let culprit = try firstFalse(in: condition)
    let said = try text.map { try scope.value(of: $0).printed }
    let facts = try comparison(in: culprit) ?? "it is false"
    throw Failed(
      diagnostic: Diagnostic("assertion failed: \(said.map { $0 + ": " } ?? "")\(facts)", at: culprit.span))
  }

  private func truth(of value: Value, _ expression: Expression) throws -> Bool {
    guard case .bool(let truth) = value else {
      throw Diagnostic(
        "the condition of assert is true or false, not \(value.kindText)", at: expression.span,
        hint: "for example: assert evaluate.accuracy > 0.95")
    }
    return truth
  }

  /// Of conditions joined by `and`, the one that fails.
  private func firstFalse(in expression: Expression) throws -> Expression {
    guard let junction = expression.junction, junction.sign == .and else { return expression }
    for operand in junction.operands where try scope.value(of: operand) == .bool(false) {
      return try firstFalse(in: operand)
    }
    return expression
  }

  /// Both sides: `3 == 5 is false`.
  private func comparison(in expression: Expression) throws -> String? {
    guard case .binary(let sign, let left, let right, _) = expression else { return nil }
    let sides = try [left, right].map { try scope.value(of: $0).summary }
    return "\(sides[0]) \(sign) \(sides[1]) is false"
  }
}
