extension Evaluator {
  func unary(_ sign: String, _ operand: Value, _ span: Span) throws -> Value {
    switch (sign, operand) {
    case ("not", .bool(let value)): return .bool(!value)
    case ("not", _): throw Diagnostic("expected true or false after 'not', found \(operand.kindText)", at: span)
    case ("-", .int(let value)):
      let (result, overflows) = (0).subtractingReportingOverflow(value)
      if overflows { throw overflow(span) }
      return .int(result)
    case ("-", .float(let value)): return .float(-value)
    case ("-", .duration(let value)): return .duration(-value)
    case ("+", .int), ("+", .float), ("+", .duration): return operand
    default: throw Diagnostic("'\(sign)' needs a number, found \(operand.kindText)", at: span)
    }
  }

  /// Operators of one rank, from the left on.
  func chain(_ first: Expression, _ links: [Expression.Link]) throws -> Value {
    var value = try evaluate(first)
    var span = first.span
    for link in links {
      span = span.union(link.operand.span)
      value = try binary(link.sign, value, evaluate(link.operand), span)
    }
    return value
  }

  /// What follows the first operand that decides is not looked at.
  func truth(of junction: Junction) throws -> Value {
    let deciding = junction.sign == .or
    for operand in junction.operands where try truth(of: operand, beside: junction.sign) == deciding {
      return .bool(deciding)
    }
    return .bool(!deciding)
  }

  private func truth(of expression: Expression, beside sign: Junction.Sign) throws -> Bool {
    let value = try evaluate(expression)
    guard case .bool(let truth) = value else {
      throw Diagnostic("expected true or false beside '\(sign.rawValue)', found \(value.kindText)", at: expression.span)
    }
    return truth
  }

  func binary(_ sign: String, _ left: Value, _ right: Value, _ span: Span) throws -> Value {
    switch sign {
    case "==": return .bool(try left.opened(span, self).isSame(as: right.opened(span, self)))
    case "!=": return .bool(try !left.opened(span, self).isSame(as: right.opened(span, self)))
    case "in": return .bool(try contains(right.opened(span, self), left, span))
    case "not in": return .bool(try !contains(right.opened(span, self), left, span))
    case "<", "<=", ">", ">=": return .bool(try compare(sign, left, right, span))
    default: return try arithmetic(sign, left, right, span)
    }
  }

  private func compare(_ sign: String, _ left: Value, _ right: Value, _ span: Span) throws -> Bool {
    func holds<T: Comparable>(_ a: T, _ b: T) -> Bool {
      switch sign {
      case "<": a < b
      case "<=": a <= b
      case ">": a > b
      default: a >= b
      }
    }
    switch (left, right) {
    case (.int(let a), .int(let b)): return holds(a, b)
    case (.duration(let a), .duration(let b)): return holds(a, b)
    default: break
    }
    if let a = left.number, let b = right.number { return holds(a, b) }
    if let a = left.text, let b = right.text { return holds(a, b) }
    throw Diagnostic("'\(sign)' cannot compare \(left.kindText) with \(right.kindText)", at: span)
  }

  private func contains(_ whole: Value, _ part: Value, _ span: Span) throws -> Bool {
    switch whole {
    case .list(let values), .set(let values): return values.contains { $0.isSame(as: part) }
    case .dict(let entries):
      guard let key = part.text else { return false }
      return entries.contains { $0.key == key }
    case .range(let low, let high):
      guard let a = low.number, let b = high.number, let x = part.number else { return false }
      return a <= x && x <= b
    case .string(let text):
      guard let piece = part.text else { break }
      return piece.isEmpty || text.contains(piece)
    default: break
    }
    throw Diagnostic("'in' cannot look for \(part.kindText) in \(whole.kindText)", at: span)
  }

  func overflow(_ span: Span) -> Diagnostic {
    Diagnostic(
      "integer overflow: the result does not fit 64 bits", at: span, hint: "make one of the numbers a float",
      fact: .arithmetic)
  }
}

extension Value {
  /// A session object as its plain form.
  fileprivate func opened(_ span: Span, _ evaluator: Evaluator) throws -> Value {
    guard case .object(let object) = self else { return self }
    return try evaluator.located(span) { try object.base.plain() }
  }

  /// What `==` means: numbers by value, a word as its text, lists and dicts by their parts.
  package func isSame(as other: Value) -> Bool {
    switch (self, other) {
    case (.int(let a), .int(let b)): return a == b
    case (.list(let a), .list(let b)), (.set(let a), .set(let b)):
      return a.count == b.count && zip(a, b).allSatisfy { $0.isSame(as: $1) }
    case (.dict(let a), .dict(let b)):
      return a.count == b.count
        && a.allSatisfy { entry in other[entry.key].map { entry.value.isSame(as: $0) } ?? false }
    case (.range(let a, let b), .range(let c, let d)): return a.isSame(as: c) && b.isSame(as: d)
    default: break
    }
    if let a = number, let b = other.number { return a == b }
    if let a = text, let b = other.text { return a == b }
    return self == other
  }
}
