#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The functions that every expression knows, by name, as Python has them.
package enum Builtins {
  typealias Function = @Sendable ([Value]) throws -> Value

  package static let names: Set<String> = Set(all.keys.map { $0 })

  /// One line each: the signature and what it gives.
  package static let help: [(signature: String, summary: String)] = [
    ("abs(x)", "the size of a number"),
    ("bool(x)", "true or false, from a bool, a number or a text"),
    ("float(x)", "a float, from a number or a text: float(\"nan\"), float(\"1e-3\")"),
    ("int(x)", "a whole number, from a number (cut towards 0) or a text"),
    ("len(x)", "how many parts a list, dict, set or text has"),
    ("max(a, b, ...)", "the greatest of numbers, or of a list of them"),
    ("min(a, b, ...)", "the least of numbers, or of a list of them"),
    (
      "round(x, digits)",
      "the nearest whole number, or the nearest with so many digits after the point; halves to even"
    ),
    ("sorted(list)", "the list's numbers or texts in ascending order"),
    ("str(x)", "its text"),
    ("sum(list)", "the sum of a list of numbers"),
  ]

  static let all: [String: Function] = [
    "abs": { try magnitude(one($0, "abs")) },
    "bool": { try truth(one($0, "bool")) },
    "float": { try float(one($0, "float")) },
    "int": { try int(one($0, "int")) },
    "len": { try length(one($0, "len")) },
    "max": { try extreme($0, "max") { $0 > $1 } },
    "min": { try extreme($0, "min") { $0 < $1 } },
    "round": { try round($0) },
    "sorted": { try sorted(one($0, "sorted")) },
    "str": { .string(try one($0, "str").printed) },
    "sum": { try sum(one($0, "sum")) },
  ]

  private static func one(_ arguments: [Value], _ name: String) throws -> Value {
    guard arguments.count == 1 else {
      throw ValueError("\(name) takes one value, not \(arguments.count)")
    }
    return try opened(arguments[0])
  }

  private static func opened(_ value: Value) throws -> Value {
    if case .object(let object) = value { try object.base.plain() } else { value }
  }

  private static func wrong(_ name: String, _ value: Value, _ expected: String) -> ValueError {
    ValueError("\(name)() expects \(expected), not \(value.kindText)")
  }

  private static func magnitude(_ value: Value) throws -> Value {
    switch value {
    case .int(.min): throw ValueError("integer overflow: the result does not fit 64 bits")
    case .int(let number): return .int(abs(number))
    case .float(let number): return .float(abs(number))
    default: throw wrong("abs", value, "a number")
    }
  }

  private static func truth(_ value: Value) throws -> Value {
    switch value {
    case .bool: return value
    case .none: return .bool(false)
    case .int(let number): return .bool(number != 0)
    case .float(let number): return .bool(number != 0)
    case .string(let text): return .bool(!text.isEmpty)
    case .list(let values), .set(let values): return .bool(!values.isEmpty)
    case .dict(let entries): return .bool(!entries.isEmpty)
    default: throw wrong("bool", value, "a bool, number or text")
    }
  }

  /// Bytes of a text that may be a number: the longest decimal form of a double has some thousand digits.
  private static let longestNumber = 10_000

  private static func float(_ value: Value) throws -> Value {
    switch value {
    case .float: return value
    case .int(let number): return .float(Double(number))
    case .bool(let truth): return .float(truth ? 1 : 0)
    case .duration(let seconds): return .float(seconds)
    case .string(let text), .word(let text):
      let plain = text.utf8.count <= longestNumber ? trimmed(text).lowercased() : ""
      let isDecimal = !plain.contains("x") && !plain.contains("(")
      guard isDecimal, let number = Double(plain.filter { $0 != "_" }) else {
        throw ValueError("\(Value.string(text).text(limit: 200)) is not a number")
      }
      return .float(number)
    default: throw wrong("float", value, "a number or a text")
    }
  }

  private static func int(_ value: Value) throws -> Value {
    switch value {
    case .int: return value
    case .bool(let truth): return .int(truth ? 1 : 0)
    case .float(let number):
      guard let whole = Int(exactly: number.rounded(.towardZero)) else {
        throw ValueError("\(number) does not fit an int of 64 bits")
      }
      return .int(whole)
    case .string(let text), .word(let text):
      let plain = text.utf8.count <= longestNumber ? trimmed(text).filter { $0 != "_" } : ""
      guard let number = Int(plain) else {
        throw ValueError("\(Value.string(text).text(limit: 200)) is not a whole number")
      }
      return .int(number)
    default: throw wrong("int", value, "a number or a text")
    }
  }

  private static func length(_ value: Value) throws -> Value {
    switch value {
    case .list(let values), .set(let values): return .int(values.count)
    case .dict(let entries): return .int(entries.count)
    case .string(let text), .word(let text): return .int(text.unicodeScalars.count)
    default: throw wrong("len", value, "a list, dict, set or text")
    }
  }

  private static func numbers(_ value: Value, _ name: String) throws -> [Value] {
    guard case .list(let values) = value, values.allSatisfy({ $0.number != nil }) else {
      throw wrong(name, value, "a list of numbers")
    }
    return values
  }

  private static func extreme(
    _ arguments: [Value], _ name: String, _ isBetter: (Double, Double) -> Bool
  ) throws -> Value {
    let values = arguments.count == 1 ? try numbers(opened(arguments[0]), name) : arguments
    guard var best = values.first else { throw ValueError("\(name)() of an empty list") }
    for value in values {
      guard let number = value.number, let least = best.number else { throw wrong(name, value, "numbers") }
      if isBetter(number, least) { best = value }
    }
    return best
  }

  private static func round(_ arguments: [Value]) throws -> Value {
    guard (1...2).contains(arguments.count) else { throw ValueError("round takes one or two values") }
    guard let number = arguments[0].number else { throw wrong("round", arguments[0], "a number") }
    if arguments.count == 1 {
      if case .int = arguments[0] { return arguments[0] }
      guard let whole = Int(exactly: number.rounded(.toNearestOrEven)) else {
        throw ValueError("\(number) does not fit an int of 64 bits")
      }
      return .int(whole)
    }
    guard case .int(let digits) = arguments[1], (0...15).contains(digits) else {
      throw ValueError("round's digits are an int from 0 to 15")
    }
    if case .int = arguments[0] { return arguments[0] }
    // The decimal text is rounded, so that 2.675 (which is a little less) does not become 2.68.
    return .float(Double(decimal(number, digits: digits)) ?? number)
  }

  /// As C prints it: correctly rounded.
  private static func decimal(_ number: Double, digits: Int) -> String {
    var buffer = [CChar](repeating: 0, count: 400)
    let length = withVaList([CInt(digits), number]) { vsnprintf(&buffer, buffer.count, "%.*f", $0) }
    return String(decoding: buffer.prefix(Int(length)).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private static func trimmed(_ text: String) -> String {
    let tail = text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace)
    return String(tail.reversed())
  }

  private static func sorted(_ value: Value) throws -> Value {
    guard case .list(let values) = value else { throw wrong("sorted", value, "a list") }
    if values.allSatisfy({ $0.text != nil }) { return .list(values.sorted { ($0.text ?? "") < ($1.text ?? "") }) }
    return .list(try numbers(value, "sorted").sorted { ($0.number ?? 0) < ($1.number ?? 0) })
  }

  private static func sum(_ value: Value) throws -> Value {
    var whole = 0
    var isWhole = true
    var total = 0.0
    for part in try numbers(value, "sum") {
      total += part.number ?? 0
      guard case .int(let number) = part else { isWhole = false; continue }
      let (next, overflows) = whole.addingReportingOverflow(number)
      if overflows { throw ValueError("integer overflow: the result does not fit 64 bits") }
      whole = next
    }
    return isWhole ? .int(whole) : .float(total)
  }
}
