extension Value: CustomStringConvertible {
  /// The shortest text that reads back as the same value: `3.0`, `1e-05`, `"text"`, `{relu, tanh}`.
  package var description: String {
    switch self {
    case .none: "none"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): "\(value)"
    case .float(let value): value.isNaN ? "nan" : "\(value)"
    case .string(let text): Value.quoted(text)
    case .word(let text): text
    case .list(let values): "[" + Value.joined(values) + "]"
    case .dict(let entries):
      "{" + entries.map { "\(Value.quoted($0.key)): \($0.value)" }.joined(separator: ", ") + "}"
    case .range(let low, let high): "\(low)..\(high)"
    case .set(let values): "{" + Value.joined(values) + "}"
    case .call(let name, let arguments, let keywords):
      "\(name)(" + (arguments.map(\.description) + keywords.map { "\($0.key)=\($0.value)" }).joined(separator: ", ")
        + ")"
    case .duration(let seconds): Value.duration(seconds)
    case .object(let object): (try? object.base.plain())?.description ?? object.base.typeName
    }
  }

  /// What `print` writes: a text itself, everything else as it is typed.
  package var printed: String { text ?? description }

  private static func joined(_ values: [Value]) -> String { values.map(\.description).joined(separator: ", ") }

  /// `2h`, `10min`, `1.5s`.
  private static func duration(_ seconds: Double) -> String {
    func text(_ value: Double, _ unit: String) -> String {
      (value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)") + unit
    }
    if seconds != 0, (seconds / 3600).rounded() * 3600 == seconds { return text(seconds / 3600, "h") }
    if seconds != 0, (seconds / 60).rounded() * 60 == seconds { return text(seconds / 60, "min") }
    return text(seconds, "s")
  }

  /// A text in quotes, with the escapes that the reader knows.
  package static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{00}"..<"\u{20}", "\u{7F}"..<"\u{A0}":
        let code = String(scalar.value, radix: 16)
        result += "\\x" + (code.count < 2 ? "0" : "") + code
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension Value {
  /// Lists, dicts and numbers only: objects opened, words and calls as text, sets and ranges as lists.
  /// What `application/json` is made of.
  package func plain() throws -> Value {
    switch self {
    case .object(let object): try object.base.plain().plain()
    case .list(let values), .set(let values): .list(try values.map { try $0.plain() })
    case .dict(let entries): .dict(try entries.map { Entry($0.key, try $0.value.plain()) })
    case .range(let low, let high): .list([try low.plain(), try high.plain()])
    case .word(let text): .string(text)
    case .call: .string(description)
    case .duration(let seconds): .float(seconds)
    default: self
    }
  }
}
