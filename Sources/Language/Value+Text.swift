extension Value: CustomStringConvertible {
  /// The shortest text that reads back as the same value: `3.0`, `1e-05`, `"text"`, `{relu, tanh}`. O(its length).
  package var description: String { text(limit: .max) }

  /// The same, ended with `...` where it would be longer than `limit` bytes: O(limit), however large the value.
  package func text(limit: Int) -> String {
    var writer = ValueWriter(limit: limit)
    writer.write(self)
    return writer.text + (writer.isFull ? "..." : "")
  }

  /// What `print` writes: a text itself, everything else as it is typed.
  package var printed: String { text ?? description }

  /// A text in quotes, with the escapes that the reader knows.
  package static func quoted(_ text: String) -> String {
    var writer = ValueWriter(limit: .max)
    writer.quote(text)
    return writer.text
  }
}

/// Writes values as they are typed, up to a limit.
struct ValueWriter {
  private(set) var text = ""
  private(set) var isFull = false
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  mutating func write(_ value: Value) {
    switch value {
    case .none: add("none")
    case .bool(let value): add(value ? "true" : "false")
    case .int(let value): add("\(value)")
    case .float(let value): add(value.isNaN ? "nan" : "\(value)")
    case .string(let text): quote(text)
    case .word(let text): add(text)
    case .list(let values): list(values, "[", "]")
    case .set(let values): list(values, "{", "}")
    case .dict(let entries):
      add("{")
      pairs(entries) { writer, entry in
        writer.quote(entry.key)
        writer.add(": ")
      }
      add("}")
    case .range(let low, let high):
      write(low)
      add("..")
      write(high)
    case .call(let name, let arguments, let keywords):
      add(name)
      list(arguments, "(", keywords.isEmpty || arguments.isEmpty ? "" : ", ")
      pairs(keywords) { writer, entry in writer.add(entry.key + "=") }
      add(")")
    case .duration(let seconds): add(Value.duration(seconds))
    case .object(let object):
      if let plain = try? object.base.plain() { write(plain) } else { add(object.base.typeName) }
    }
  }

  private mutating func add(_ piece: String) {
    guard !isFull else { return }
    text += piece
    guard text.utf8.count > limit else { return }
    isFull = true
    while text.utf8.count > limit { text.removeLast() }
  }

  private mutating func list(_ values: [Value], _ opener: String, _ closer: String) {
    add(opener)
    for (index, value) in values.enumerated() {
      if isFull { return }
      if index > 0 { add(", ") }
      write(value)
    }
    add(closer)
  }

  private mutating func pairs(_ entries: [Value.Entry], _ key: (inout ValueWriter, Value.Entry) -> Void) {
    for (index, entry) in entries.enumerated() {
      if isFull { return }
      if index > 0 { add(", ") }
      key(&self, entry)
      write(entry.value)
    }
  }

  mutating func quote(_ string: String) {
    // Of a text that is cut only what is kept is looked at.
    var result = "\""
    for scalar in string.unicodeScalars {
      if result.utf8.count > limit - text.utf8.count { break }
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
    add(result + "\"")
  }
}

extension Value {
  /// `2h`, `10min`, `1.5s`.
  fileprivate static func duration(_ seconds: Double) -> String {
    func text(_ value: Double, _ unit: String) -> String {
      (value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)") + unit
    }
    if seconds != 0, (seconds / 3600).rounded() * 3600 == seconds { return text(seconds / 3600, "h") }
    if seconds != 0, (seconds / 60).rounded() * 60 == seconds { return text(seconds / 60, "min") }
    return text(seconds, "s")
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
