/// What a study begins with of an earlier one: its best configurations, as they were there.
package struct EarlierStudy: Sendable, Hashable, Codable {
  /// How many configurations are kept: those that are too near to better ones may be passed over.
  private static let count = 40

  package var name: String
  /// Distinct, the best first; of several objectives front by front.
  package var best: [Point]

  package init(_ name: String, best: [Point]) {
    self.name = name
    self.best = best
  }

  /// Of the complete and feasible trials.
  package init(_ name: String, trials: [Observation], directions: [Direction]) {
    self.name = name
    let known = trials.filter { trial in
      trial.state == .complete && trial.values.allSatisfy(\.isFinite) && trial.values.count == directions.count
        && trial.violations.allSatisfy { $0 <= 0 } && !trial.point.isEmpty
    }
    let keys = known.map { directions.keys($0.values) }
    let ranks = directions.count == 1 ? keys.map { _ in 0 } : ParetoSelection.ranks(keys, atLeast: Self.count)
    let order = known.indices.sorted { a, b in
      if ranks[a] != ranks[b] { return ranks[a] < ranks[b] }
      return directions.count == 1 && keys[a][0] != keys[b][0] ? keys[a][0] < keys[b][0] : a < b
    }
    var seen: Set<Point> = []
    best = Array(order.map { known[$0].point }.filter { seen.insert($0).inserted }.prefix(Self.count))
  }
}

extension [EarlierStudy] {
  /// Throws if one of them has nothing to say of a space: no complete trial, or no parameter in common.
  package func check(for space: Space) throws(SearchError) {
    if space.parameters.isEmpty { return }
    for study in self where !study.best.contains(where: { !space.values(of: $0).isEmpty }) {
      let names = Set(study.best.flatMap(\.keys)).sorted()
      throw SearchError(
        "study '\(study.name)' has no parameter of this space with a value that fits",
        hint: "it has " + names.joined(separator: ", ") + "; leave it out of like=")
    }
  }
}

extension Space {
  /// The values that a configuration of another space has for this one's parameters, each brought into its range.
  ///
  /// A parameter takes the value of its own name, else the only one that means the same by the field's usual names: `lr` is
  /// `learning_rate`. A word that a set does not have is left out.
  func values(of point: Point) -> Point {
    var values: Point = [:]
    let others = point.keys.filter { self[$0] == nil }
    for parameter in parameters {
      var value = point[parameter.name]
      if value == nil, let role = UsualName(of: parameter.name) {
        let named = others.filter { UsualName(of: $0) == role }
        let rivals = parameters.filter { UsualName(of: $0.name) == role }
        if named.count == 1, rivals.count == 1 { value = point[named[0]] }
      }
      if let value { values[parameter.name] = parameter.domain.value(like: value) }
    }
    return values
  }
}

extension Domain {
  /// The domain's own form of a value of another one: the same, or the nearest number; nil if there is none.
  func value(like other: ParameterValue) -> ParameterValue? {
    if case .categorical(let choices, _) = self, let same = choices.first(where: { $0.isSame(as: other) }) {
      return same
    }
    return other.number.flatMap { $0.isFinite ? value(closestTo: $0) : nil }
  }
}
