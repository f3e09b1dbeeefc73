import Language
import Search
import Studies

/// A space's rule from a storage: a comparison of names and numbers, and nothing that could take long or hold much.
enum StoredRule {
  private static let longest = 20_000
  private static let functions: Set<String> = ["abs", "float", "int", "len", "max", "min", "round", "sum"]

  /// Throws a `StudyError`.
  static func constraint(_ text: String) throws -> Constraint {
    let expression = try expression(text)
    var constraint = Constraint(text) { point, inactive in
      // A study of networks keeps the defaults of network and training among its fixed values; an external one has none.
      let isExternal = point["epochs"] == nil && point["shuffle"] == nil
      let names = RuleNames(point: point, inactive: inactive, isExternal: isExternal) { name in
        RuleMeasure.value(name, NetworkSettings.description([ParameterReader.arguments(point)]), nil)
      }
      return Violation(names: names.lookUp).amount(of: expression)
    }
    constraint.outcomes = MetricNames.outcomes(in: expression)
    return constraint
  }

  static func expression(_ text: String) throws -> Expression {
    guard text.utf8.count <= longest, !text.contains(where: \.isNewline),
      let expression = try? ExpressionText.parse(text), isPlain(expression, inComparison: true)
    else { throw StudyError("its rule 'subject to \(text.prefix(100))' is not a comparison of names and numbers") }
    // `hidden[0]` and "optimizer.lr" are names.
    return expression.mapped { part in
      if let name = part.dottedOrIndexedName { return .name(name, part.span) }
      if case .literal(.string(let text), let span) = part, !ParameterName.isBare(text) { return .name(text, span) }
      return nil
    }
  }

  /// Texts may be compared; multiplied, they could grow.
  private static func isPlain(_ expression: Expression, inComparison: Bool = false) -> Bool {
    switch expression {
    case .literal(let value, _):
      switch value {
      case .string: return inComparison
      case .int, .float, .bool, .none: return true
      default: return false
      }
    case .name: return true
    case .element(.name, let index, _): return isPlain(index)
    case .attribute(let base, _, _): return isPlain(base)
    case .list(let parts, _), .set(let parts, _): return parts.allSatisfy { isPlain($0, inComparison: inComparison) }
    case .range(let low, let high, _): return isPlain(low) && isPlain(high)
    case .unary(let sign, let operand, _): return isPlain(operand, inComparison: sign == "not")
    case .binary(let sign, let left, let right, _):
      let compares = !["+", "-", "*", "/", "//", "%", "**"].contains(sign)
      return isPlain(left, inComparison: compares) && isPlain(right, inComparison: compares)
    case .chain(let first, let links, _):
      let compares = links.allSatisfy { !["+", "-", "*", "/", "//", "%", "**"].contains($0.sign) }
      return isPlain(first, inComparison: compares)
        && links.allSatisfy { isPlain($0.operand, inComparison: compares) }
    case .call(.name(let name, _), let arguments, _):
      return functions.contains(name) && arguments.allSatisfy { isPlain($0.value) }
    default: return false
    }
  }
}
