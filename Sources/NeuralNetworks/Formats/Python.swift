import Vocabulary

/// Values as Python's source has them.
enum Python {
  /// A string literal, in which every character can be seen: others have the form `\\x1b` or `\\u202e`.
  static func text(_ value: String) -> String {
    var result = "\""
    let scalars = Array(value.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        let isVisible = VisibleText.isVisible(
          scalar, between: index > 0 ? scalars[index - 1] : nil,
          and: index + 1 < scalars.count ? scalars[index + 1] : nil)
        result += isVisible ? String(scalar) : VisibleText.escape(scalar)
      }
    }
    return result + "\""
  }

  static func bool(_ value: Bool) -> String { value ? "True" : "False" }

  static func dictionary(_ values: [String: Double]) -> String {
    "{" + values.sorted { $0.key < $1.key }.map { "\(text($0.key)): \($0.value)" }.joined(separator: ", ") + "}"
  }

  static func set(_ values: [String]) -> String { "{" + values.map(text).joined(separator: ", ") + "}" }

  /// In brackets, on as many lines of at most 110 columns as it takes.
  static func list(_ values: [String]) -> String {
    let plain = "[" + values.joined(separator: ", ") + "]"
    guard plain.count > 100 else { return plain }
    var lines: [String] = []
    var line = "   "
    for value in values {
      if line.count + value.count + 2 > 110, line.count > 3 {
        lines.append(line)
        line = "   "
      }
      line += " \(value),"
    }
    return "[\n" + (lines + [line]).joined(separator: "\n") + "\n]"
  }
}
