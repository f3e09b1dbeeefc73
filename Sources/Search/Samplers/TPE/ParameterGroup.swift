/// Parameters that are active together, and the densities of good and of other trials that had them.
struct ParameterGroup {
  let condition: Condition?
  /// Those with one value only, which nothing is to be learnt of, and the others in order of names.
  private var settled: [Parameter] = []
  private var open: [Parameter] = []
  /// Fitted when the group is first drawn from: later draws of the same suggestion use them again.
  private var densities: (good: ParzenEstimator, other: ParzenEstimator)?

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
  mutating func draw(
    _ count: Int, spread: Double, _ request: SamplingRequest, _ split: (below: [Int], above: [Int]),
    _ random: inout some UniformSource
  ) -> Point {
    var point: Point = [:]
    for parameter in settled { point[parameter.name] = parameter.domain.value(at: 0) }
    if open.isEmpty { return point }
    let (good, other) = densities ?? fitted(request, split)
    densities = (good, other)
    let drawn = good.sample(count, spread: spread, &random)
    let (l, g) = (good.logDensity(drawn), other.logDensity(drawn))
    var best = 0
    for index in l.indices where l[index] - g[index] > l[best] - g[best] { best = index }
    for (column, parameter) in zip(drawn, open) {
      point[parameter.name] = parameter.domain.value(nearest: column[best])
    }
    return point
  }

  private func fitted(
    _ request: SamplingRequest, _ split: (below: [Int], above: [Int])
  ) -> (ParzenEstimator, ParzenEstimator) {
    let domains = open.map(\.domain)
    let good = TrialColumns.of(open, request.history, split.below)
    let weights = request.directions.count > 1 ? [Double](repeating: 1, count: good[0].count) : nil
    return (
      ParzenEstimator(domains, columns: good, weights: weights),
      ParzenEstimator(domains, columns: TrialColumns.of(open, request.history, split.above))
    )
  }
}
