/// A thing said with its options: `step(factor=0.5, every=10)`, `tpe(startup=10)`, `adam`.
///
/// A plain value, so plans and studies can hold, compare and store what was said; a registry makes it work.
package struct Call: Sendable, Hashable, Codable {
  package struct Named: Sendable, Hashable, Codable {
    package var name: String
    package var value: Argument

    package init(_ name: String, _ value: Argument) {
      self.name = name
      self.value = value
    }
  }

  package var name: String
  /// In written order, each by its declared name.
  package var arguments: [Named]

  package init(_ name: String, _ arguments: [Named] = []) {
    self.name = name
    self.arguments = arguments
  }

  package subscript(name: String) -> Argument? {
    arguments.last { $0.name == name }?.value
  }
}

/// A value in a call: what a cell can say, without variables and spans.
package indirect enum Argument: Sendable, Hashable, Codable {
  case none
  case bool(Bool)
  case int(Int)
  case float(Double)
  case text(String)
  case list([Argument])
  case call(Call)
}

extension Call: CustomStringConvertible {
  /// As it is typed; a call without arguments is a bare word.
  package var description: String {
    if arguments.isEmpty { return name }
    // What was given by its place has a number for a name.
    let texts = arguments.map { $0.name.allSatisfy(\.isNumber) ? "\($0.value)" : "\($0.name)=\($0.value)" }
    return name + "(" + texts.joined(separator: ", ") + ")"
  }
}

extension Argument: CustomStringConvertible {
  /// A text as it is typed in a cell.
  private static func quoted(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    return "\"\(escaped)\""
  }

  package var description: String {
    switch self {
    case .none: "none"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): "\(value)"
    case .float(let value): "\(value)"
    case .text(let value): value.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } ? value : Self.quoted(value)
    case .list(let values): "[" + values.map(\.description).joined(separator: ", ") + "]"
    case .call(let call): call.description
    }
  }
}
