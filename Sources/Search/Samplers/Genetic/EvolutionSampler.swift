import LinearAlgebra
import Vocabulary

/// A genetic algorithm that keeps the best trials as parents and changes their values a little.
package struct EvolutionSampler: Sampler {
  package static let syntax = Syntax(
    "evolution", "a genetic algorithm: crosses the best trials and changes their values a little",
    source: "Back and Schwefel 1993 (steady state, tournament selection)",
    options: [
      Option("population", .int(2...10_000), default: .int(20), "random trials at first, and parents kept"),
      Option("tournament", .int(1...1000), default: .int(3), "parents compared for each choice of one"),
      Option("crossover", .float(FloatRange(0, 1)), default: .float(0.7), "chance of a second parent"),
      Option("mutation", .float(FloatRange(0, 1)), default: .float(0.3), "chance that a parameter is changed"),
      Option(
        "spread", .float(FloatRange(0, 1, lowIsOpen: true)), default: .float(0.15),
        "spread of a change, as a share of the range"),
    ], example: "tune sampler=evolution trials=100")
  static let use = SamplerUse(
    "long studies of cheap trials where the objective jumps.", trials: "100 and more",
    objectives: .all)
  static let entry = Samplers.Entry(syntax, use: use, random: "population") { call in
    EvolutionSampler(
      population: call.int("population", syntax) ?? 20, tournament: call.int("tournament", syntax) ?? 3,
      breeding: Breeding(
        crossover: call.float("crossover", syntax) ?? 0.7, swap: 0.5, mutation: call.float("mutation", syntax) ?? 0.3,
        spread: call.float("spread", syntax) ?? 0.15))
  }

  let population: Int
  let tournament: Int
  let breeding: Breeding

  package init(population: Int = 20, tournament: Int = 3, breeding: Breeding) {
    self.population = population
    self.tournament = tournament
    self.breeding = breeding
  }

  package func suggest(_ request: SamplingRequest) -> Suggestion? {
    let complete = request.history.filter { $0.state == .complete && !$0.values.isEmpty }
    guard request.number >= population, complete.count >= 2 else {
      return RandomSampler().suggestAwayFromFailures(request)
    }
    let parents = NSGA2Sampler.select(population, complete, request.directions)
    var random = request.stream("evolution")
    let failures = FailureMap(request)
    var child: Point = [:]
    for _ in 0..<50 {
      let (first, second) = (choose(parents, &random), choose(parents, &random))
      child = breeding.child(first, second, request.space, &random)
      // A child that is its parent shows nothing new.
      if request.space.isFeasible(child) && child != first && !failures.warns(of: child) { break }
    }
    return Suggestion(child)
  }

  private func choose(_ parents: [NSGA2Sampler.Ranked], _ random: inout RandomStream) -> Point {
    var best = random.below(parents.count)
    for _ in 1..<max(tournament, 1) { best = min(best, random.below(parents.count)) }
    return parents[best].point
  }
}
