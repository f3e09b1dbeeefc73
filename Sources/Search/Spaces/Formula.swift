#if canImport(Glibc)
  import Glibc
#endif

/// Arithmetic over parameters, as a condition may compare it: `max(hidden[0], 8) * 2`.
package indirect enum Formula: Sendable, Hashable, Codable {
  case constant(ParameterValue)
  case name(String)
  /// `-`, `+`, `*`, `/`, `//`, `%`, `**`; with one operand a sign.
  case operation(String, [Formula])
  /// `min`, `max`, `abs`, `round`, `int`, `float`, `len`.
  case call(String, [Formula])

  /// The functions that a formula may call.
  package static let functions = ["abs", "float", "int", "len", "max", "min", "round"]

  /// The value; nil if a name has none, a text is calculated with, or an integer overflows.
  package func value(in point: Point) -> ParameterValue? {
    switch self {
    case .constant(let value): return value
    case .name(let name): return point[name]
    case .operation(let sign, let parts):
      let values = parts.compactMap { $0.value(in: point) }
      guard values.count == parts.count else { return nil }
      return values.count == 1 ? Self.signed(sign, values[0]) : Self.combined(sign, values[0], values[1])
    case .call(let function, let parts):
      let values = parts.compactMap { $0.value(in: point) }
      return values.count == parts.count ? Self.called(function, values) : nil
    }
  }

  /// The names in it, in written order.
  package var names: [String] {
    switch self {
    case .constant: []
    case .name(let name): [name]
    case .operation(_, let parts), .call(_, let parts): parts.flatMap(\.names)
    }
  }

  /// Why it has no value: "integer overflow", "division by zero"; nil if it has one, or a name in it has none.
  package func mistake(in point: Point) -> String? {
    switch self {
    case .constant, .name: return nil
    case .call(_, let parts): return parts.lazy.compactMap { $0.mistake(in: point) }.first
    case .operation(let sign, let parts):
      if let inner = parts.lazy.compactMap({ $0.mistake(in: point) }).first { return inner }
      let values = parts.compactMap { $0.value(in: point) }
      guard values.count == parts.count else { return nil }
      if values.count == 1 { return sign == "-" && values[0] == .int(.min) ? Self.overflow : nil }
      return Self.mistake(sign, values[0], values[1])
    }
  }

  private static let overflow = "integer overflow: the result does not fit 64 bits"

  private static func mistake(_ sign: String, _ left: ParameterValue, _ right: ParameterValue) -> String? {
    if ["/", "//", "%"].contains(sign), right.number == 0, left.number != nil { return "division by zero" }
    guard case .int(let a) = left, case .int(let b) = right else { return nil }
    switch sign {
    case "+": return a.addingReportingOverflow(b).overflow ? overflow : nil
    case "-": return a.subtractingReportingOverflow(b).overflow ? overflow : nil
    case "*": return a.multipliedReportingOverflow(by: b).overflow ? overflow : nil
    case "//": return a.dividedReportingOverflow(by: b).overflow ? overflow : nil
    case "**": return b >= 0 && abs(pow(Double(a), Double(b))) >= 0x1p63 ? overflow : nil
    default: return nil
    }
  }

  private static func signed(_ sign: String, _ value: ParameterValue) -> ParameterValue? {
    switch value {
    case .int(let number): sign == "-" ? number == .min ? nil : .int(-number) : value
    case .float(let number): .float(sign == "-" ? -number : number)
    default: nil
    }
  }

  private static func combined(_ sign: String, _ left: ParameterValue, _ right: ParameterValue) -> ParameterValue? {
    if case .int(let a) = left, case .int(let b) = right, let exact = whole(sign, a, b) { return exact }
    guard let a = left.number, let b = right.number else { return nil }
    switch sign {
    case "+": return .float(a + b)
    case "-": return .float(a - b)
    case "*": return .float(a * b)
    case "/": return b == 0 ? nil : .float(a / b)
    case "//": return b == 0 ? nil : .float((a / b).rounded(.down))
    case "%": return b == 0 ? nil : .float(a - b * (a / b).rounded(.down))
    case "**": return .float(pow(a, b))
    default: return nil
    }
  }

  /// What stays an int; nil where the result is a float.
  private static func whole(_ sign: String, _ a: Int, _ b: Int) -> ParameterValue? {
    let (result, overflows): (Int, Bool)
    switch sign {
    case "+": (result, overflows) = a.addingReportingOverflow(b)
    case "-": (result, overflows) = a.subtractingReportingOverflow(b)
    case "*": (result, overflows) = a.multipliedReportingOverflow(by: b)
    case "//", "%":
      guard b != 0, b != -1 else { return nil }
      let quotient = a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0)
      return .int(sign == "//" ? quotient : a - quotient * b)
    case "**":
      let power = pow(Double(a), Double(b))
      return b >= 0 && abs(power) < 9e15 ? .int(Int(power)) : nil
    default: return nil
    }
    return overflows ? nil : .int(result)
  }

  private static func called(_ function: String, _ values: [ParameterValue]) -> ParameterValue? {
    if function == "len", case .text(let text)? = values.first { return .int(text.unicodeScalars.count) }
    guard let first = values.first, values.allSatisfy({ $0.number != nil }) else { return nil }
    let number = first.number ?? 0
    switch function {
    case "min": return values.min { ($0.number ?? 0) < ($1.number ?? 0) }
    case "max": return values.max { ($0.number ?? 0) < ($1.number ?? 0) }
    case "abs": return number < 0 ? signed("-", first) : first
    case "float": return .float(number)
    case "int": return Int(exactly: number.rounded(.towardZero)).map { .int($0) }
    case "round": return Int(exactly: number.rounded(.toNearestOrEven)).map { .int($0) }
    default: return nil
    }
  }
}

extension Formula: CustomStringConvertible {
  /// As it is typed.
  package var description: String { text { $0.description } }

  /// The same with constants written by `typed`.
  package func text(_ typed: (ParameterValue) -> String) -> String {
    switch self {
    case .constant(let value): return typed(value)
    case .name(let name): return ParameterName.typed(name)
    case .operation(let sign, let parts):
      let texts = parts.map { part in
        if case .operation = part { "(\(part.text(typed)))" } else { part.text(typed) }
      }
      return texts.count == 1 ? sign + texts[0] : texts.joined(separator: " \(sign) ")
    case .call(let function, let parts):
      return "\(function)(\(parts.map { $0.text(typed) }.joined(separator: ", ")))"
    }
  }
}

/// How a parameter's name is typed.
package enum ParameterName {
  /// Bare where it is one word or `hidden[0]`, else in quotes: `"optimizer.lr"`.
  package static func typed(_ name: String) -> String {
    isBare(name) ? name : "\"" + name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  /// Whether it is a word, or a word with an index: it can be typed without quotes.
  package static func isBare(_ name: String) -> Bool {
    var word = name[...]
    if word.hasSuffix("]"), let bracket = word.firstIndex(of: "[") {
      let index = word[word.index(after: bracket)...].dropLast()
      guard !index.isEmpty, index.allSatisfy({ $0.isASCII && $0.isNumber }) else { return false }
      word = word[..<bracket]
    }
    guard let first = word.first, first.isLetter || first == "_" else { return false }
    return word.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
      && !["and", "or", "not", "in", "true", "false", "none", "True", "False", "None", "subject"].contains(word)
  }
}
