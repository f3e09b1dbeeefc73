import Storage

/// What a program says of its trial, read from the lines that it prints.
///
///     step 3 0.41                                  an intermediate value
///     value 0.38                                   the value, or one for each objective; the last such line counts
///     {"value": 0.38, "metrics": {"f1": 0.9}}      the same as JSON; with "step" it is an intermediate value
///
/// Every other line is the program's own affair.
package struct ProgramOutput {
  package enum Line: Equatable, Sendable {
    case step(Int, Double)
    case values([Double], metrics: [String: Double])
  }

  /// The beginning of a line that is not complete; a line is read to its first 64 kB.
  private var pending: [UInt8] = []
  private static let longest = 1 << 16

  package init() {}

  /// The lines that these bytes complete, in order.
  package mutating func take(_ bytes: some Sequence<UInt8>) -> [Line] {
    var lines: [Line] = []
    for byte in bytes {
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        lines += finish()
      } else if pending.count < Self.longest {
        pending.append(byte)
      }
    }
    return lines
  }

  /// What is left when the output has ended without a line feed.
  package mutating func finish() -> [Line] {
    defer { pending = [] }
    return Self.line(String(decoding: pending, as: UTF8.self)).map { [$0] } ?? []
  }

  static func line(_ text: String) -> Line? {
    let words = text.split(whereSeparator: \.isWhitespace)
    guard let first = words.first else { return nil }
    if first.hasPrefix("{") { return json(text) }
    let numbers = words.dropFirst().map { Double($0) }
    if first == "step", numbers.count == 2, let step = Int(words[1]), step >= 0, let value = numbers[1] {
      return .step(step, value)
    }
    let values = numbers.compactMap { $0 }
    guard first == "value", !values.isEmpty, values.count == numbers.count else { return nil }
    return .values(values, metrics: [:])
  }

  private static func json(_ text: String) -> Line? {
    guard let parsed = LooseJSON(text), let said = parsed["value"] ?? parsed["values"] else { return nil }
    let values = said.list.map { $0.compactMap(\.number) } ?? said.number.map { [$0] } ?? []
    guard !values.isEmpty, values.count == said.list?.count ?? 1 else { return nil }
    if let step = parsed["step"]?.int, step >= 0, values.count == 1 { return .step(step, values[0]) }
    var metrics: [String: Double] = [:]
    if case .object(let members)? = parsed["metrics"] {
      for member in members { if let number = member.value.number { metrics[member.key] = number } }
    }
    return .values(values, metrics: metrics)
  }
}
