import FoundationEssentials
import Search

/// JSON texts of a study's and its trials' attributes, as Optuna reads them.
enum StoredJSON {
  static func text(_ text: String) -> String {
    (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
  }

  static func text(_ json: String?) -> String? {
    json.flatMap { try? JSONDecoder().decode(String.self, from: Data($0.utf8)) }
  }

  /// Infinities, which JSON has not, as the largest finite numbers.
  static func list(_ numbers: [Double]) -> String {
    "[" + numbers.map { number($0) }.joined(separator: ", ") + "]"
  }

  static func numbers(_ json: String?) -> [Double] {
    json.flatMap { try? JSONDecoder().decode([Double].self, from: Data($0.utf8)) } ?? []
  }

  private static func number(_ value: Double) -> String {
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
    guard let scalars = try? JSONDecoder().decode([String: Scalar].self, from: Data(json.utf8)) else { return [:] }
    var point: Point = [:]
    for (name, scalar) in scalars {
      guard let domain = space[name]?.domain else { continue }
      switch (domain, scalar.value) {
      case (.float, .int(let value)): point[name] = .float(Double(value))
      case (.int, .float(let value)) where value == value.rounded(): point[name] = .int(Int(value))
      case (.categorical(let choices, _), let value): point[name] = choices.first { $0.isSame(as: value) }
      case (_, let value): point[name] = value
      }
    }
    return point
  }

  /// A JSON scalar; ints stay ints.
  struct Scalar: Decodable {
    let value: ParameterValue

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        value = .null
      } else if let bool = try? container.decode(Bool.self) {
        value = .bool(bool)
      } else if let int = try? container.decode(Int.self) {
        value = .int(int)
      } else if let float = try? container.decode(Double.self) {
        value = .float(float)
      } else {
        value = .text(try container.decode(String.self))
      }
    }
  }
}
