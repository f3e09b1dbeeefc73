#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Evaluator {
  func arithmetic(_ sign: String, _ left: Value, _ right: Value, _ span: Span) throws -> Value {
    switch (left, right) {
    case (.int(let a), .int(let b)): return try ints(sign, a, b, span)
    case (.string, .string), (.string, .word), (.word, .string):
      if sign == "+" { return .string(try joined(left.text ?? "", right.text ?? "", span)) }
    case (.list(let a), .list(let b)) where sign == "+":
      try limitSize(of: [left, right], span)
      return .list(a + b)
    case (.duration(let a), .duration(let b)):
      if sign == "+" { return .duration(try finite(a + b, a, b, span)) }
      if sign == "-" { return .duration(try finite(a - b, a, b, span)) }
      if sign == "/" { return .float(try quotient(a, b, span)) }
    case (.duration(let a), _):
      if let b = right.number, sign == "*" { return .duration(try finite(a * b, a, b, span)) }
      if let b = right.number, sign == "/" { return .duration(try quotient(a, b, span)) }
    case (_, .duration(let b)):
      if let a = left.number, sign == "*" { return .duration(try finite(a * b, a, b, span)) }
    default:
      if let a = left.number, let b = right.number { return .float(try floats(sign, a, b, span)) }
    }
    throw Diagnostic("'\(sign)' cannot join \(left.kindText) and \(right.kindText)", at: span, hint: hint(left, right))
  }

  private func hint(_ left: Value, _ right: Value) -> String? {
    switch (left, right) {
    case (.string, .int), (.string, .float), (.int, .string), (.float, .string): "str(x) makes a string of a number"
    default: nil
    }
  }

  private func ints(_ sign: String, _ a: Int, _ b: Int, _ span: Span) throws -> Value {
    let result: (partialValue: Int, overflow: Bool)
    switch sign {
    case "+": result = a.addingReportingOverflow(b)
    case "-": result = a.subtractingReportingOverflow(b)
    case "*": result = a.multipliedReportingOverflow(by: b)
    case "//", "%":
      guard b != 0 else { throw divisionByZero(span) }
      // Rounded down, and a remainder with the divisor's sign, as in Python.
      let (quotient, overflows) = a.dividedReportingOverflow(by: b)
      if overflows {
        result = (0, sign == "//")
      } else {
        let remainder = a - quotient * b
        let isBelow = remainder != 0 && (remainder < 0) != (b < 0)
        result = (sign == "//" ? quotient - (isBelow ? 1 : 0) : remainder + (isBelow ? b : 0), false)
      }
    case "**" where b >= 0: result = power(a, b)
    default: return .float(try floats(sign, Double(a), Double(b), span))
    }
    if result.overflow { throw overflow(span) }
    return .int(result.partialValue)
  }

  /// By squaring: at most 63 rounds before a base beyond 1 overflows.
  private func power(_ base: Int, _ exponent: Int) -> (partialValue: Int, overflow: Bool) {
    if base == 0 || base == 1 { return (exponent == 0 ? 1 : base, false) }
    if base == -1 { return (exponent % 2 == 0 ? 1 : -1, false) }
    var result = 1
    for _ in 0..<min(exponent, 64) {
      let (next, overflows) = result.multipliedReportingOverflow(by: base)
      if overflows { return (0, true) }
      result = next
    }
    return (result, exponent > 64)
  }

  private func floats(_ sign: String, _ a: Double, _ b: Double, _ span: Span) throws -> Double {
    switch sign {
    case "+": return try finite(a + b, a, b, span)
    case "-": return try finite(a - b, a, b, span)
    case "*": return try finite(a * b, a, b, span)
    case "/": return try quotient(a, b, span)
    case "//":
      guard b != 0 else { throw divisionByZero(span) }
      return try finite((a / b).rounded(.down), a, b, span)
    case "%":
      guard b != 0 else { throw divisionByZero(span) }
      let remainder = a.truncatingRemainder(dividingBy: b)
      return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder
    case "**":
      if a == 0, b < 0 { throw divisionByZero(span) }
      if a < 0, b != b.rounded(), b.isFinite {
        throw Diagnostic("a negative number has no power of \(b)", at: span, fact: .arithmetic)
      }
      return try finite(pow(a, b), a, b, span)
    default: throw Diagnostic("unknown operator '\(sign)'", at: span)
    }
  }

  private func quotient(_ a: Double, _ b: Double, _ span: Span) throws -> Double {
    guard b != 0 else { throw divisionByZero(span) }
    return try finite(a / b, a, b, span)
  }

  private func finite(_ result: Double, _ a: Double, _ b: Double, _ span: Span) throws -> Double {
    if result.isFinite || !a.isFinite || !b.isFinite { return result }
    throw Diagnostic("float overflow: the result is beyond 1.8e308", at: span, fact: .arithmetic)
  }

  private func joined(_ left: String, _ right: String, _ span: Span) throws -> String {
    guard left.utf8.count + right.utf8.count <= Evaluator.sizeLimit else { throw tooLong(span) }
    return left + right
  }

  private func tooLong(_ span: Span) -> Diagnostic {
    Diagnostic("the result is longer than \(Evaluator.sizeLimit)", at: span)
  }

  private func divisionByZero(_ span: Span) -> Diagnostic {
    Diagnostic("division by zero", at: span, fact: .arithmetic)
  }
}
