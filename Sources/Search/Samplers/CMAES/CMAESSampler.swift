import LinearAlgebra
import Vocabulary

#if canImport(Glibc)
  import Glibc
#endif

/// CMA-ES over the unit cube, with margins for steps and a learned distribution over the choices of each set.
///
/// The strategy's state is replayed from the complete trials, a population at a time in order of numbers, so a resumed study
/// goes on as an unbroken one. A parameter that was not active counts as standing at the mean.
package struct CMAESSampler: Sampler {
  package static let syntax = Syntax(
    "cmaes", "covariance matrix adaptation: a normal distribution that learns where good configurations lie",
    source: "Hansen 2016 (arXiv 1604.00772); margins after Hamano et al. 2022; choices after Hamano et al. 2024",
    options: [
      Option(
        "sigma", .float(FloatRange(0, 1, lowIsOpen: true)), default: .float(1.0 / 6),
        "first spread, as a share of each range"),
      Option("population", .int(4...10_000), defaultText: "4 + 3 ln(parameters)", "trials a generation"),
    ], example: "tune sampler=cmaes trials=200")
  static let use = SamplerUse(
    "many numeric parameters that depend on one another, without conditions.", trials: "100 and more",
    objectives: .first, modelsTogether: true)
  static let entry = Samplers.Entry(syntax, use: use) {
    CMAESSampler(sigma: $0.float("sigma", syntax) ?? 1.0 / 6, population: $0.int("population", syntax))
  }

  let sigma: Double
  let population: Int?

  package init(sigma: Double = 1.0 / 6, population: Int? = nil) {
    self.sigma = sigma
    self.population = population
  }

  package func suggest(_ request: SamplingRequest) -> Suggestion? {
    let cube = UnitCube(request.space)
    let numeric = cube.axes.indices.filter { !cube.axes[$0].isCategorical && cube.axes[$0].domain.count != 1 }
    let sets = cube.axes.indices.filter { cube.axes[$0].isCategorical }
    var state = MixedCMA(cube, numeric: numeric, sets: sets, sigma: sigma, population: population)
    // A failed trial is the worst of its generation.
    let complete = request.history.filter {
      $0.isFeasible && ($0.state == .complete && !$0.values.isEmpty || $0.state == .failed)
    }
    guard complete.contains(where: { $0.state == .complete }) else { return RandomSampler().suggest(request) }
    var start = 0
    while start + state.population <= complete.count {
      let generation = complete[start..<(start + state.population)]
      let key = { (trial: Observation) in
        trial.state == .failed ? .infinity : request.directions[0].key(trial.values[0])
      }
      let sorted = generation.sorted { (key($0), $0.number) < (key($1), $1.number) }
      state.tell(
        sorted.map { cube.vector($0.point) },
        absent: sorted.map { trial in cube.axes.map { trial.point[$0.name] == nil } })
      start += state.population
    }
    var random = request.stream("cmaes")
    var point = cube.point(state.ask(&random))
    for _ in 0..<50 where !request.space.isFeasible(point) { point = cube.point(state.ask(&random)) }
    return Suggestion(point)
  }
}

/// The normal distribution over numeric axes and the probabilities over each set.
struct MixedCMA {
  let cube: UnitCube
  let numeric: [Int]
  let sets: [Int]
  var normal: CMAES?
  var probabilities: [[Double]]
  let population: Int

  init(_ cube: UnitCube, numeric: [Int], sets: [Int], sigma: Double, population: Int?) {
    self.cube = cube
    self.numeric = numeric
    self.sets = sets
    let size = population ?? 4 + Int((3 * log(Double(max(numeric.count + sets.count, 1)))).rounded(.down))
    self.population = size
    normal =
      numeric.isEmpty
      ? nil : CMAES(mean: [Double](repeating: 0.5, count: numeric.count), sigma: sigma, population: size)
    probabilities = sets.map { axis in
      let count = cube.axes[axis].levels?.count ?? 1
      return [Double](repeating: 1 / Double(count), count: count)
    }
  }

  /// Learns from vectors of the cube, best first.
  mutating func tell(_ sorted: [[Double]], absent: [[Bool]]) {
    if var cma = normal {
      let mean = cma.mean
      cma.tell(
        sorted.enumerated().map { row, vector in
          numeric.enumerated().map { absent[row][$1] ? mean[$0] : vector[$1] }
        })
      for (coordinate, axis) in numeric.enumerated() {
        // The mean stays where its neighbours' cells can be reached.
        cma.move(coordinate, to: min(max(cma.mean[coordinate], 0), 1))
        _ = axis
      }
      normal = cma
    }
    let parents = max(1, sorted.count / 2)
    let raw = (0..<parents).map { log(Double(parents) + 0.5) - log(Double($0) + 1) }
    let total = raw.reduce(0, +)
    for (place, axis) in sets.enumerated() {
      let count = probabilities[place].count
      if count < 2 { continue }
      // A slow step towards the parents' choices; no choice falls below a share that is drawn once in two generations.
      let rate = 1 / (1 + Double(count) / 2)
      var target = [Double](repeating: 0, count: count)
      var known = 0.0
      for rank in 0..<parents where !absent[rank][axis] && sorted[rank][axis] >= 0 {
        target[Int(sorted[rank][axis])] += raw[rank] / total
        known += raw[rank] / total
      }
      if known == 0 { continue }
      let floor = 1 / (2 * Double(population) * Double(count - 1))
      var updated = (0..<count).map { index in
        max((1 - rate * known) * probabilities[place][index] + rate * target[index], floor)
      }
      let sum = updated.reduce(0, +)
      for index in updated.indices { updated[index] /= sum }
      probabilities[place] = updated
    }
  }

  /// A vector of the cube; out of range it is drawn again, at last clipped.
  func ask(_ random: inout RandomStream) -> [Double] {
    var vector = cube.axes.map { $0.isCategorical ? 0 : 0.5 }
    if let normal {
      let scale = numeric.enumerated().map { stretch($0, $1, normal) }
      for attempt in 0..<100 {
        let z = numeric.map { _ in random.normal() }
        let x = normal.point(z, scale: scale)
        let isInside = x.allSatisfy { $0 >= 0 && $0 <= 1 }
        if !isInside && attempt < 99 { continue }
        for (coordinate, axis) in numeric.enumerated() { vector[axis] = min(max(x[coordinate], 0), 1) }
        break
      }
    }
    for (place, axis) in sets.enumerated() {
      var u = random.uniform()
      var choice = 0
      while choice < probabilities[place].count - 1 && u >= probabilities[place][choice] {
        u -= probabilities[place][choice]
        choice += 1
      }
      vector[axis] = Double(choice)
    }
    return vector
  }

  /// How much wider a stepped axis is sampled so that another step than the mean's keeps a chance of 1 / (n · population).
  private func stretch(_ coordinate: Int, _ axis: Int, _ normal: CMAES) -> Double {
    guard let levels = cube.axes[axis].levels, levels.count > 1 else { return 1 }
    let mean = normal.mean[coordinate]
    let nearest = levels.indices.min { abs(levels[$0] - mean) < abs(levels[$1] - mean) }!
    let left = nearest > 0 ? mean - (levels[nearest - 1] + levels[nearest]) / 2 : .infinity
    let right = nearest < levels.count - 1 ? (levels[nearest] + levels[nearest + 1]) / 2 - mean : .infinity
    let distance = min(left, right)
    // P(|z| > q) = margin on the nearer side.
    let margin = 1 / (Double(normal.dimensions) * Double(normal.population))
    let quantile = -Normal.inverseLogCumulative(log(margin / 2))
    let deviation = normal.deviation(coordinate)
    return deviation > 0 ? max(1, distance / (quantile * deviation)) : 1
  }
}
