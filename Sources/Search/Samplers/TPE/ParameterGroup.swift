/// Parameters that are active together, and the densities of good and of other trials that had them.
struct ParameterGroup {
  let condition: Condition?
  /// Those with one value only, which nothing is to be learnt of, and the others in order of names.
  private var settled: [Parameter] = []
  private var open: [Parameter] = []
  /// Fitted when the group is first drawn from: later draws of the same suggestion after the same parameters use them again.
  private var densities: (context: [String], good: ParzenEstimator, other: ParzenEstimator)?

  private init(_ condition: Condition?) { self.condition = condition }

  /// The groups of a space, in the order of their first parameters.
  static func groups(of space: Space) -> [ParameterGroup] {
    var groups: [ParameterGroup] = []
    for parameter in space.parameters {
      let place = groups.firstIndex { $0.condition == parameter.condition } ?? groups.count
      if place == groups.count { groups.append(ParameterGroup(parameter.condition)) }
      if parameter.domain.count == 1 {
        groups[place].settled.append(parameter)
      } else {
        groups[place].open.append(parameter)
      }
    }
    for place in groups.indices { groups[place].open.sort { $0.name < $1.name } }
    return groups
  }

  /// The one of `count` joint draws from the good trials' density where it is largest beside the others'.
  ///
  /// `context` is what has been drawn of other groups that every trial with this one has: the densities are those given these values,
  /// so that parameters under a condition go with the ones outside it as they did in the good trials.
  mutating func draw(
    _ count: Int, spread: Double, given context: [Parameter], _ chosen: Point, _ request: SamplingRequest,
    _ split: (below: [Int], above: [Int]), _ random: inout some UniformSource
  ) -> Point {
    var point: Point = [:]
    for parameter in settled { point[parameter.name] = parameter.domain.value(at: 0) }
    if open.isEmpty { return point }
    let names = context.map(\.name)
    if densities?.context != names {
      let (good, other) = fitted(context + open, request, split)
      densities = (names, good, other)
    }
    let (good, other) = (densities!.good, densities!.other)
    let given = context.map { parameter in chosen[parameter.name].flatMap(parameter.domain.number) ?? 0 }
    let drawn = good.sample(count, spread: spread, given: given, &random)
    let columns = given.map { [Double](repeating: $0, count: count) } + drawn
    let (l, g) = (good.logDensity(columns), other.logDensity(columns))
    var best = 0
    for index in l.indices where l[index] - g[index] > l[best] - g[best] { best = index }
    for (column, parameter) in zip(drawn, open) {
      point[parameter.name] = parameter.domain.value(nearest: column[best])
    }
    return point
  }

  /// The parameters of earlier groups that every trial with this group's parameters has.
  func context(_ earlier: [ParameterGroup], _ met: [ParameterNames]) -> [Parameter] {
    guard let own = open.first?.name else { return [] }
    let configurations = met.filter { $0.list.contains(own) }
    return earlier.flatMap { group in
      group.open.allSatisfy { parameter in configurations.allSatisfy { $0.list.contains(parameter.name) } }
        ? group.open : []
    }
  }

  private func fitted(
    _ parameters: [Parameter], _ request: SamplingRequest, _ split: (below: [Int], above: [Int])
  ) -> (ParzenEstimator, ParzenEstimator) {
    let domains = parameters.map(\.domain)
    let good = TrialColumns.of(parameters, request.history, split.below)
    let weights = request.directions.count > 1 ? [Double](repeating: 1, count: good[0].count) : nil
    return (
      ParzenEstimator(domains, columns: good, weights: weights),
      ParzenEstimator(domains, columns: TrialColumns.of(parameters, request.history, split.above))
    )
  }
}
