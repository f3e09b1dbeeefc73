import Search
import Testing

/// What Optuna's NSGA-II, the BOHB authors' program and Ray's population-based training select, as Tests/References/populations.py
/// recorded it.
@Suite struct PopulationReferenceTests {
  let reference: Reference

  init() throws { reference = try Reference("populations") }

  private func values(_ json: Any?) -> [[Double]] {
    (json as! [[Any]]).map { $0.map { number($0)! } }
  }

  @Test func `the elites of a population are Optuna's`() {
    for recorded in reference.list("elites") {
      let directions = (recorded["directions"] as! [String]).map { Direction(rawValue: $0)! }
      let violations = recorded["violations"] as! [Double]
      let history = values(recorded["values"]).enumerated().map {
        Observation(number: $0, state: .complete, point: [:], values: $1, violations: [violations[$0]])
      }
      let elites = NSGA2Sampler.select(recorded["count"] as! Int, history, directions)
      #expect(elites.map(\.number).sorted() == recorded["elites"] as! [Int], "\(history.count) of \(directions)")
    }
  }

  @Test func `crowding distances are Optuna's, infinite values and equal ones too`() {
    for recorded in reference.list("crowding") {
      let distances = (recorded["distance"] as! [Any]).map { number($0)! }
      for (ours, theirs) in zip(ParetoSelection.crowding(values(recorded["values"])), distances) {
        #expect(isClose(ours, theirs, 1e-12))
      }
    }
  }

  @Test func `BOHB models the trials of the budget that its authors' program does`() {
    for recorded in reference.list("splits") {
      let history = (recorded["trials"] as! [[[Any]]]).enumerated().map { index, reports in
        let reports = reports.map { (step: $0[0] as! Int, value: number($0[1])!) }
        return Observation(
          number: index, state: index % 2 == 0 ? .complete : .pruned, point: [:], values: [reports.last!.value],
          reports: reports)
      }
      let split = BOHBSplit(history, dimensions: recorded["dimensions"] as! Int, directions: [.minimize])
      #expect(split?.budget == recorded["budget"] as? Int)
      #expect(
        split?.good == recorded["good"] as? [Int] && split?.bad == recorded["bad"] as? [Int], "\(history.count) trials")
    }
  }

  @Test func `population-based training copies from and replaces whom Ray's does`() {
    for recorded in reference.list("quantiles") {
      // Ray's scores are to be maximised.
      let keys = (recorded["scores"] as! [Double]).map { -$0 }
      let (best, worst) = PBTSampler.quantiles(keys, share: recorded["share"] as! Double)
      #expect(best.sorted() == recorded["best"] as! [Int] && worst.sorted() == recorded["worst"] as! [Int])
    }
  }

  @Test func `a copied value becomes what Ray's does`() {
    for recorded in reference.list("explored") {
      let expected = recorded["becomes"] as! [Double]
      let start = recorded["value"] as! Double
      let options = recorded["options"] as? [Int]
      let domain: Domain = options.map { .categorical($0.map { .int($0) }, ordered: true) } ?? .float(low: 0, high: 10)
      let value: ParameterValue = options == nil ? .float(start) : .int(Int(start))
      // Two members; the second was worse and copies the first.
      let history = (0..<2).map {
        Observation(number: $0, state: .complete, point: ["x": value], values: [Double($0)])
      }
      let sampler = PBTSampler(population: 2, share: 0.5, resample: 0, factor: 0.2)
      var found: Set<Double> = []
      for seed in 0..<30 {
        let request = SamplingRequest(
          number: 3, space: Space([Parameter("x", in: domain)]), directions: [.minimize], history: history,
          seed: UInt64(seed))
        let suggestion = sampler.suggest(request)!
        #expect(suggestion.parent == 0)
        found.insert(suggestion.point["x"]!.number!)
      }
      #expect(
        zip(found.sorted(), expected).allSatisfy { isClose($0, $1, 1e-12) } && found.count == expected.count, "\(start)"
      )
    }
  }

  @Test func `a whole number that is too small to be multiplied moves to its neighbour`() {
    let history = (0..<2).map { Observation(number: $0, state: .complete, point: ["x": .int(1)], values: [Double($0)]) }
    let sampler = PBTSampler(population: 2, share: 0.5, resample: 0, factor: 0.2)
    let found = Set(
      (0..<20).map { seed in
        sampler.suggest(
          SamplingRequest(
            number: 3, space: Space([Parameter("x", in: .int(low: 0, high: 8))]), directions: [.minimize],
            history: history,
            seed: UInt64(seed)))!.point["x"]!
      })
    #expect(found == [.int(0), .int(2)])
  }

  @Test func `tournaments choose by rank with the probabilities of tournaments`() {
    // Parents 0..<6 by value; of three drawn with replacement the best is rank r with ((6 - r)³ - (5 - r)³) / 6³.
    let history = (0..<6).map {
      Observation(number: $0, state: .complete, point: ["x": .int($0)], values: [Double($0)])
    }
    let sampler = EvolutionSampler(
      population: 6, tournament: 3, breeding: .init(crossover: 0, swap: 0, mutation: 0, spread: nil))
    var counts = [Double](repeating: 0, count: 6)
    let draws = 3000
    var request = SamplingRequest(
      number: 6, space: Space([Parameter("x", in: .int(low: 0, high: 5))]), directions: [.minimize], history: history,
      seed: 0)
    for seed in 0..<draws {
      request.seed = UInt64(seed)
      counts[Int(sampler.suggest(request)!.point["x"]!.number!)] += 1
    }
    for rank in 0..<6 {
      let (a, b) = (Double(6 - rank), Double(5 - rank))
      let share = (a * a * a - b * b * b) / 216
      let deviation = (Double(draws) * share * (1 - share)).squareRoot()
      #expect(abs(counts[rank] - Double(draws) * share) < 4 * deviation, "rank \(rank)")
    }
  }
}
