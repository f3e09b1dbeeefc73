/// One value of a parameter, as a program or a study file sees it: a JSON scalar.
package enum ParameterValue: Sendable, Hashable, Codable {
  case null
  case bool(Bool)
  case int(Int)
  case float(Double)
  case text(String)
}

/// A configuration: the values of the parameters that are active in it, by name.
package typealias Point = [String: ParameterValue]

extension ParameterValue {
  /// The value as a number, where it is one.
  package var number: Double? {
    switch self {
    case .int(let value): Double(value)
    case .float(let value): value
    default: nil
    }
  }

  /// Equal for values that are the same: to find one among many.
  package var identity: ParameterValue {
    guard case .float(let number) = self, let whole = Int(exactly: number) else { return self }
    return .int(whole)
  }

  /// Equality as a condition means it: 3 equals 3.0.
  package func isSame(as other: ParameterValue) -> Bool {
    identity == other.identity
  }

  /// Whether it is what a condition asks for: the same value, or a call where the condition has its bare name, as in
  /// `schedule == step` for `step(factor=0.5)`.
  package func matches(_ wanted: ParameterValue) -> Bool {
    if isSame(as: wanted) { return true }
    guard case .text(let text) = self, case .text(let name) = wanted, !name.isEmpty else { return false }
    return text.hasSuffix(")") && text.hasPrefix(name + "(")
  }
}

extension ParameterValue: CustomStringConvertible {
  /// As it is typed in a cell; text stands without quotes.
  package var description: String {
    switch self {
    case .null: "none"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): "\(value)"
    case .float(let value): "\(value)"
    case .text(let value): value
    }
  }
}
