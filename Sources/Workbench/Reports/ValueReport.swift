import Drawing
import Language

/// The value of an expression as a cell shows it. Programs read `user_expressions`, which have every digit.
enum ValueReport {
  /// A value that is longer is cut: a notebook keeps what is shown.
  private static let limit = 100_000

  /// As it is typed; of the session's objects a line for each attribute, with numbers of a length that can be read.
  static func text(_ value: Value) -> String {
    guard case .object(let object) = value, let plain = try? object.base.plain() else {
      return Secrets.hidden(value.text(limit: limit))
    }
    return Secrets.hidden(cut(lines(plain, indent: "").joined(separator: "\n")))
  }

  private static func cut(_ text: String) -> String {
    text.utf8.count <= limit ? text : String(text.prefix(limit)) + "\n..."
  }

  private static func lines(_ value: Value, indent: String) -> [String] {
    switch value {
    case .object(let object):
      (try? object.base.plain()).map { lines($0, indent: indent) } ?? [indent + object.base.typeName]
    case .dict(let entries):
      entries.flatMap { entry -> [String] in
        if case .dict(let inner) = entry.value, !inner.isEmpty {
          return [indent + entry.key + ":"] + lines(entry.value, indent: indent + "  ")
        }
        return [indent + entry.key + ": " + short(entry.value)]
      }
    case .list(let values):
      values.prefix(listed).enumerated().flatMap { index, value in
        lines(value, indent: indent + "  ").enumerated().map {
          $0.offset == 0 ? indent + "- " + $0.element.dropFirst(indent.count + 2) : $0.element
        }
      } + (values.count > listed ? ["\(indent)... \(values.count - listed) more"] : [])
    default: [indent + short(value)]
    }
  }

  private static let listed = 100

  /// One line: numbers with five digits, of a long list its beginning and its end.
  private static func short(_ value: Value) -> String {
    switch value {
    case .float(let number): Number.significant(number, digits: 5)
    case .list(let values):
      values.count <= 12
        ? "[" + values.map(short).joined(separator: ", ") + "]"
        : "[" + (values.prefix(6).map(short) + ["..."] + values.suffix(3).map(short)).joined(separator: ", ")
          + "] (\(values.count))"
    default: value.text(limit: 200)
    }
  }
}
