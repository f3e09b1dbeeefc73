import LinearAlgebra
import Vocabulary

/// The non-dominated sorting genetic algorithm: for several objectives.
///
/// Generation g holds trials from g · population on; its parents are the best of all earlier trials, by rank of their front,
/// then by how far apart they lie. Infeasible trials rank after feasible ones, by how far they break the constraints.
package struct NSGA2Sampler: Sampler {
  package static let syntax = Syntax(
    "nsga2", "a genetic algorithm for several objectives: fronts first, then spread along them",
    source: "Deb et al. 2002",
    options: [
      Option("population", .int(4...10_000), default: .int(50), "trials a generation"),
      Option("crossover", .float(FloatRange(0, 1)), default: .float(0.9), "chance of a second parent"),
      Option(
        "swap", .float(FloatRange(0, 1)), default: .float(0.5), "chance that a parameter comes from the second parent"),
      Option(
        "mutation", .float(FloatRange(0, 1)), defaultText: "1 / parameters", "chance that a parameter is drawn anew"),
    ], example: "tune sampler=nsga2 objective=[val_loss, parameters]")
  static let use = SamplerUse(
    "several objectives and a long study: spreads the trials along the front.", trials: "200 and more",
    objectives: .all)
  static let entry = Samplers.Entry(syntax, use: use, random: "population") { call in
    NSGA2Sampler(
      population: call.int("population", syntax) ?? 50,
      breeding: Breeding(
        crossover: call.float("crossover", syntax) ?? 0.9, swap: call.float("swap", syntax) ?? 0.5,
        mutation: call.float("mutation", syntax)))
  }

  let population: Int
  let breeding: Breeding

  package func suggest(_ request: SamplingRequest) -> Suggestion? {
    let generation = request.number / population
    let earlier = request.history.filter {
      $0.number < generation * population && $0.state == .complete && $0.values.count == request.directions.count
    }
    guard generation > 0, !earlier.isEmpty else { return RandomSampler().suggestAwayFromFailures(request) }
    let parents = Self.select(population, earlier, request.directions)
    var random = request.stream("nsga2")
    let failures = FailureMap(request)
    var child: Point = [:]
    for _ in 0..<50 {
      let first = tournament(parents, &random)
      let second = tournament(parents, &random)
      child = breeding.child(first.point, second.point, request.space, &random)
      if request.space.isFeasible(child) && !failures.warns(of: child) { break }
    }
    return Suggestion(child)
  }

  package struct Ranked {
    package let number: Int
    let point: Point
    let rank: Int
    let crowding: Double
  }

  /// The best trials, with the rank of their front and their distance in it.
  package static func select(_ count: Int, _ trials: [Observation], _ directions: [Direction]) -> [Ranked] {
    let feasible = trials.filter(\.isFeasible)
    let keys = feasible.map { directions.keys($0.values) }
    let ranks = ParetoSelection.ranks(keys, atLeast: count)
    var chosen: [Ranked] = []
    for rank in 0...(ranks.max() ?? 0) where chosen.count < count {
      let front = feasible.indices.filter { ranks[$0] == rank }
      let distance = ParetoSelection.crowding(front.map { keys[$0] })
      let sorted = front.indices.sorted { (-distance[$0], front[$0]) < (-distance[$1], front[$1]) }
      chosen += sorted.prefix(count - chosen.count).map {
        Ranked(
          number: feasible[front[$0]].number, point: feasible[front[$0]].point, rank: rank, crowding: distance[$0])
      }
    }
    let infeasible = trials.filter { !$0.isFeasible }.sorted { ($0.violation, $0.number) < ($1.violation, $1.number) }
    let last = (ranks.max() ?? 0) + 1
    for (place, trial) in infeasible.prefix(count - chosen.count).enumerated() {
      chosen.append(Ranked(number: trial.number, point: trial.point, rank: last + place, crowding: 0))
    }
    return chosen
  }

  private func tournament(_ parents: [Ranked], _ random: inout RandomStream) -> Ranked {
    let (a, b) = (parents[random.below(parents.count)], parents[random.below(parents.count)])
    return (a.rank, -a.crowding) <= (b.rank, -b.crowding) ? a : b
  }
}
