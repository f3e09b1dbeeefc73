import Language
import NeuralNetworks
import Search
import Vocabulary

/// A space as it was written: what `space` shows and what a study keeps.
package struct SpaceDescription: Sendable {
  package struct Rule: Sendable {
    /// As shown and kept.
    package var text: String
    /// In names and values only: see `RuleReader`.
    package var expression: Expression
    /// It comes from a range that depends on another parameter, not from a line of its own.
    package var isImplied = false
  }

  package var isExternal = false
  /// Those that a call's own ranges stand for (`cosine.min`) follow the parameter that has the call.
  package var parameters: [Parameter] = []
  package var constraints: [Rule] = []
  /// Where each parameter was written, for later diagnostics of the same cell.
  package var spans: [String: Span] = [:]
  /// Domains as they were written, of parameters whose domain alone does not say it: `8..hidden[0]`.
  package var written: [String: String] = [:]
  /// Parameters that stand for ranges inside calls: they have no lines of their own.
  package var nested: Set<String> = []

  /// What a constraint may name besides parameters: measures of the network a configuration describes.
  package static let measures = ["parameters"]
}

extension SpaceDescription {
  /// As it is typed, line by line without the leading indentation; reading it back gives the same space.
  package var lines: [String] {
    parameters.filter { !nested.contains($0.name) }.map { $0.line(written[$0.name]) }
      + constraints.filter { !$0.isImplied }.map { "subject to " + $0.text }
  }

  /// The domain as it was written.
  func domainText(_ parameter: Parameter) -> String {
    written[parameter.name] ?? parameter.domain.text(for: parameter.name)
  }

  /// The space that a study searches: what is fixed leaves it, and conditions see the fixed values.
  ///
  /// `known` are the values of what is neither searched nor fixed; `measure` gives what a configuration of network and training is
  /// measured by. An external space knows neither.
  func space(
    fixed: [String: Argument], known: [String: Argument],
    measure: @escaping @Sendable (String, Point) -> Value? = { _, _ in nil }
  ) -> Search.Space {
    let searched = parameters.filter { fixed[$0.name] == nil }
    var given = (isExternal ? [:] : known).merging(fixed) { $1 }
    if !isExternal, !searched.contains(where: { $0.name == "optimizer" }) {
      given.merge(Hyperparameters.standard(of: given["optimizer"]?.call ?? Call("adam"))) { said, _ in said }
    }
    var values: Point = [:]
    for (name, value) in given where !searched.contains(where: { $0.name == name }) {
      values[name] = ParameterValue(value)
    }
    return Search.Space(searched, subjectTo: constraints.map { constraint($0, measure) }, fixed: values)
  }

  /// The same in a session: the network and the data that it holds give rules their measures.
  func space(in session: Session) -> Search.Space {
    let network = session.networkSettings
    let data = session.data
    return space(fixed: [:], known: Hyperparameters.standard.merging(network) { $1 }) { name, point in
      RuleMeasure(levels: [network, ParameterReader.arguments(point)], data: data).value(name)
    }
  }

  /// A rule with its meaning.
  func constraint(_ rule: Rule, _ measure: @escaping @Sendable (String, Point) -> Value? = { _, _ in nil })
    -> Constraint
  {
    let isExternal = isExternal
    let searched = Set(parameters.map(\.name))
    return RuleMeaning(text: rule.text, expression: rule.expression, isExternal: isExternal, parameters: searched)
      .constraint {
        point, inactive in
        // A measure knows what is fixed beside the space.
        let trial = point.filter { searched.contains($0.key) }
        return RuleNames(point: point, inactive: inactive, isExternal: isExternal) { measure($0, trial) }
      }
  }
}
