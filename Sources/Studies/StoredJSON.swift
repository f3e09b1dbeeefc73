import Search
import Storage

/// JSON texts of a study's and its trials' attributes, as Optuna reads them.
enum StoredJSON {
  static func text(_ text: String) -> String { LooseJSON.quoted(text) }

  static func text(_ json: String?) -> String? { json.flatMap(LooseJSON.init)?.text }

  /// JSON has no infinities; they are written as the largest finite numbers.
  static func list(_ numbers: [Double]) -> String {
    "[" + numbers.map { number($0) }.joined(separator: ", ") + "]"
  }

  /// The numbers of a list; none if the text is not a list of numbers.
  static func numbers(_ json: String?) -> [Double] {
    guard let list = json.flatMap(LooseJSON.init)?.list else { return [] }
    let numbers = list.compactMap(\.number)
    return numbers.count == list.count ? numbers : []
  }

  static func number(_ value: Double) -> String {
    if value.isNaN { return "null" }
    return "\(min(max(value, -.greatestFiniteMagnitude), .greatestFiniteMagnitude))"
  }

  /// Names to values, sorted by name.
  static func object(_ point: Point) -> String {
    "{"
      + point.sorted { $0.key < $1.key }.map { name, value in
        let json =
          switch value {
          case .null: "null"
          case .bool(let value): value ? "true" : "false"
          case .int(let value): "\(value)"
          case .float(let value): number(value)
          case .text(let value): text(value)
          }
        return text(name) + ": " + json
      }.joined(separator: ", ") + "}"
  }

  /// The values of the space's parameters that the text names; others, and values of another kind, are left out.
  static func point(_ json: String, in space: Space) -> Point {
    guard case .object(let members)? = LooseJSON(json) else { return [:] }
    var point: Point = [:]
    for member in members {
      guard let domain = space[member.key]?.domain else { continue }
      let value = ParameterValue(member.value)
      switch (domain, value) {
      case (.float, .int(let value)): point[member.key] = .float(Double(value))
      case (.int, .float(let value)): point[member.key] = Int(exactly: value).map(ParameterValue.int)
      case (.categorical(let choices, _), let value): point[member.key] = choices.first { $0.isSame(as: value) }
      case (_, let value): point[member.key] = value
      }
    }
    return point
  }
}

extension ParameterValue {
  /// Lists and objects are their JSON text.
  init(_ json: LooseJSON) {
    switch json {
    case .null: self = .null
    case .bool(let flag): self = .bool(flag)
    case .int(let value): self = .int(value)
    case .float(let value) where value.isFinite: self = .float(value)
    case .text(let text): self = .text(text)
    default: self = .text(json.json)
    }
  }
}
