import Language
import LinearAlgebra
import Search
import Vocabulary

/// Finds rules that say nothing of any configuration, because a name in them never has a value: `clip_norm > 1` where nothing
/// sets `clip_norm`.
struct RuleReach {
  let request: TuneRequest
  private let space: Search.Space

  init(_ request: TuneRequest) {
    self.request = request
    space = request.space
  }

  /// Configurations that are drawn: what is not searched depends on few things, such as the optimizer.
  private static let draws = 200

  /// A name that is the reason; nil if the rule applies somewhere, or only what is searched could tell.
  func missingName(of rule: SpaceDescription.Rule) -> String? {
    let searched = Set(space.parameters.map(\.name)).union(RuleMeaning.metrics)
    var candidates = rule.expression.freeNames.map(\.0).filter { !searched.contains($0) }
    var random = RandomStream(seed: 0, "rule reach")
    for _ in 0..<Self.draws where !candidates.isEmpty {
      let point = space.configuration { $0.domain.draw(&random) }
      let names = names(point)
      if Violation(names: names.lookUp).applies(rule.expression) { return nil }
      candidates.removeAll { hasValue(names.lookUp($0)) }
    }
    return candidates.first
  }

  private func hasValue(_ value: RuleValue) -> Bool {
    if case .value(let value) = value { !value.isUnset } else { false }
  }

  private func names(_ point: Point) -> RuleNames {
    let inactive = Set(space.parameters.lazy.map(\.name).filter { point[$0] == nil })
    let levels = [request.network, ParameterReader.arguments(point), request.fixed]
    return RuleNames(point: space.fixed.merging(point) { $1 }, inactive: inactive, isExternal: false) {
      RuleMeasure(levels: levels, data: request.data).value($0)
    }
  }
}
