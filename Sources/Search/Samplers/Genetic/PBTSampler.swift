import LinearAlgebra
import Vocabulary

/// Population-based training: members train on from their own weights, or from a better member's with changed hyperparameters.
///
/// Trial n is member n mod population in round n / population, and trains one round of epochs. A member in the worst quarter of what
/// is known of the round before copies one of the best quarter, weights and values; each value is then drawn anew with a chance, or
/// moved up or down.
package struct PBTSampler: Sampler {
  package static let syntax = Syntax(
    "pbt", "population-based training: bad members go on from good ones' weights with changed hyperparameters",
    source: "Jaderberg et al. 2017 (arXiv 1711.09846)",
    options: [
      Option("population", .int(2...1000), default: .int(8), "members; each trial is one round of one of them"),
      Option(
        "share", .float(FloatRange(0, 0.5, lowIsOpen: true)), default: .float(0.25),
        "share that is replaced, and share that is copied"),
      Option("resample", .float(FloatRange(0, 1)), default: .float(0.25), "chance that a copied value is drawn anew"),
      Option(
        "factor", .float(FloatRange(0, 1, lowIsOpen: true)), default: .float(0.2),
        "how far a copied value is moved: times 1 + or 1 - this"),
    ], example: "tune sampler=pbt(population=8) trials=80 epochs=2")
  static let use = SamplerUse(
    "hyperparameters that should change while a network trains: members continue from the weights of better ones.",
    trials: "several times the population",
    objectives: .first)
  static let entry = Samplers.Entry(syntax, use: use, random: "population") { call in
    PBTSampler(
      population: call.int("population", syntax) ?? 8, share: call.float("share", syntax) ?? 0.25,
      resample: call.float("resample", syntax) ?? 0.25, factor: call.float("factor", syntax) ?? 0.2)
  }

  let population: Int
  let share: Double
  let resample: Double
  let factor: Double

  package init(population: Int = 8, share: Double = 0.25, resample: Double = 0.25, factor: Double = 0.2) {
    self.population = population
    self.share = share
    self.resample = resample
    self.factor = factor
  }

  package func suggest(_ request: SamplingRequest) -> Suggestion? {
    let own = request.number - population
    guard own >= 0 else { return RandomSampler().suggest(request) }
    let direction = request.directions[0]
    let round = (own / population) * population
    let known = request.history.filter {
      $0.number >= round && $0.number < round + population && $0.state == .complete && !$0.values.isEmpty
    }
    var random = request.stream("pbt")
    let (best, worst) = Self.quantiles(known.map { direction.key($0.values[0]) }, share: share)
    if let member = known.firstIndex(where: { $0.number == own }), !worst.contains(member) {
      return Suggestion(fitted(known[member].point, request.space, &random), parent: own)
    }
    // A member that was pruned or failed has no place in the ranking: it starts again from a good one.
    guard !known.isEmpty else { return RandomSampler().suggest(request) }
    let model = known[best.isEmpty ? 0 : best[random.below(best.count)]]
    let point = request.space.configuration { parameter in
      explored(model.point[parameter.name], parameter, &random)
    }
    return Suggestion(point, parent: model.number)
  }

  /// The members, by index, from which others copy and those that copy: the share at either end of the keys (to be minimised),
  /// rounded up, at most half; earlier ones of equal keys count as better.
  package static func quantiles(_ keys: [Double], share: Double) -> (best: [Int], worst: [Int]) {
    let order = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    let count = min(Int((share * Double(keys.count)).rounded(.up)), keys.count / 2)
    return (Array(order.prefix(count)), Array(order.suffix(count)))
  }

  /// The same values, where the space still has them.
  private func fitted(_ point: Point, _ space: Space, _ random: inout RandomStream) -> Point {
    space.configuration { parameter in
      point[parameter.name].flatMap { parameter.domain.contains($0) ? $0 : nil } ?? parameter.domain.draw(&random)
    }
  }

  private func explored(_ value: ParameterValue?, _ parameter: Parameter, _ random: inout RandomStream)
    -> ParameterValue
  {
    let isDrawn = random.uniform() < resample
    let up = random.uniform() < 0.5
    guard let value, parameter.domain.contains(value), !isDrawn else { return parameter.domain.draw(&random) }
    switch parameter.domain {
    case .categorical(let choices, let ordered):
      guard ordered, let index = choices.firstIndex(of: value) else { return value }
      return choices[min(max(index + (up ? 1 : -1), 0), choices.count - 1)]
    default:
      let moved = parameter.domain.value(nearest: (value.number ?? 0) * (up ? 1 + factor : 1 - factor))
      // Steps that are wider than the move: to the neighbour.
      guard moved == value, case .int(_, _, let step, _) = parameter.domain, let number = value.number else {
        return moved
      }
      return parameter.domain.value(nearest: number + Double(up ? step : -step))
    }
  }
}
