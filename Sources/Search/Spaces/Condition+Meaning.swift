extension Condition {
  /// Whether it holds for a (possibly partial) configuration. A comparison with a parameter that is not active is false.
  package func holds(in point: Point) -> Bool {
    switch self {
    case .compare(let name, let comparison, let value):
      guard let actual = point[name] else { return false }
      return comparison.holds(actual, value)
    case .oneOf(let name, let values):
      guard let actual = point[name] else { return false }
      return values.contains { actual.matches($0) }
    case .formula(let left, let comparison, let right):
      guard let a = left.value(in: point), let b = right.value(in: point) else { return false }
      return comparison.holds(a, b)
    case .and(let left, let right): return left.holds(in: point) && right.holds(in: point)
    case .or(let left, let right): return left.holds(in: point) || right.holds(in: point)
    case .not(let condition): return !condition.holds(in: point)
    }
  }

  /// What a calculation in it cannot be worked out for, as a cell would say it; nil if there is nothing, or it does not matter
  /// because what is written before it decides.
  package func mistake(in point: Point) -> String? {
    switch self {
    case .compare, .oneOf: nil
    case .formula(let left, _, let right): left.mistake(in: point) ?? right.mistake(in: point)
    case .and(let left, let right): left.mistake(in: point) ?? (left.holds(in: point) ? right.mistake(in: point) : nil)
    case .or(let left, let right): left.mistake(in: point) ?? (left.holds(in: point) ? nil : right.mistake(in: point))
    case .not(let condition): condition.mistake(in: point)
    }
  }

  /// Whether it has more than comparisons of names with values.
  package var calculates: Bool {
    switch self {
    case .compare, .oneOf: false
    case .formula: true
    case .and(let left, let right), .or(let left, let right): left.calculates || right.calculates
    case .not(let condition): condition.calculates
    }
  }

  /// The names it speaks of, in written order.
  package var names: [String] {
    switch self {
    case .compare(let name, _, _), .oneOf(let name, _): [name]
    case .formula(let left, _, let right): left.names + right.names
    case .and(let left, let right), .or(let left, let right): left.names + right.names
    case .not(let condition): condition.names
    }
  }
}

extension Condition.Comparison {
  func holds(_ left: ParameterValue, _ right: ParameterValue) -> Bool {
    switch self {
    case .equal: return left.matches(right)
    case .notEqual: return !left.matches(right)
    default: break
    }
    guard let a = left.number, let b = right.number else { return false }
    switch self {
    case .less: return a < b
    case .lessOrEqual: return a <= b
    case .greater: return a > b
    default: return a >= b
    }
  }
}

extension Condition: CustomStringConvertible {
  /// As it is typed.
  package var description: String {
    switch self {
    case .compare(let name, let comparison, let value):
      "\(ParameterName.typed(name)) \(comparison.rawValue) \(value)"
    case .oneOf(let name, let values):
      "\(ParameterName.typed(name)) in {\(values.map(\.description).joined(separator: ", "))}"
    case .formula(let left, let comparison, let right): "\(left) \(comparison.rawValue) \(right)"
    case .and(let left, let right): "\(left.bracketed) and \(right.bracketed)"
    case .or(let left, let right): "\(left.bracketed) or \(right.bracketed)"
    case .not(let condition): "not \(condition.bracketed)"
    }
  }

  private var bracketed: String {
    switch self {
    case .compare, .oneOf, .formula: description
    default: "(\(description))"
    }
  }
}
