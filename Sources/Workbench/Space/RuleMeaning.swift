import Language
import Search

/// A rule of a space, as a study keeps to it.
struct RuleMeaning {
  let text: String
  /// In names and values only: see `RuleReader`.
  let expression: Expression
  let isExternal: Bool
  /// The space's own parameters, which may have a metric's name.
  var parameters: Set<String> = []

  /// Metrics that a rule may name: what a trained trial has measured.
  static let metrics = Set(MetricNames.outcomes)

  /// All that a rule may name so; a trial of a program has its duration alone.
  static func metrics(isExternal: Bool) -> Set<String> { isExternal ? ["seconds"] : metrics }

  /// The metrics that it names.
  var measured: [String] {
    let metrics = Self.metrics(isExternal: isExternal).subtracting(parameters)
    return expression.freeNames.map(\.0).filter(metrics.contains)
  }

  /// `names` gives the rule's names their values in a configuration.
  func constraint(_ names: @escaping @Sendable (Point, _ inactive: Set<String>) -> RuleNames) -> Constraint {
    let (expression, metrics) = (expression, Set(measured))
    var constraint = Constraint(text) { point, inactive in
      Violation(names: names(point, inactive).lookUp).amount(of: expression)
    }
    if metrics.isEmpty { return constraint }
    constraint.outcome = { point, inactive, measured in
      let known = names(point, inactive)
      let violation = Violation { name in
        guard metrics.contains(name) else { return known.lookUp(name) }
        return measured[name].map { .value(.float($0)) } ?? .unknown
      }
      return violation.amount(of: expression)
    }
    return constraint
  }
}
