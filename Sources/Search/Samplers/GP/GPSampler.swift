import LinearAlgebra
import Vocabulary

#if canImport(Glibc)
  import Glibc
#endif

/// Gaussian-process search: models the objective over the unit cube and suggests where it expects most improvement.
///
/// Pending trials are taken to give what the model predicts for them; pruned trials stand with their last report, failed ones as
/// bad as the worst. Beyond `window` trials the model sees the best and the newest of them.
package struct GPSampler: Sampler {
  package static let syntax = Syntax(
    "gp", "models the objective by a Gaussian process and takes the largest expected improvement",
    formula: "k = s (1 + r' + r'^2 / 3) exp(-r'), r' = sqrt(5 sum_j w_j d_j^2); x = argmax log EI(x)",
    source: "Matern 5/2 with automatic relevance; log EI of Ament et al. 2023; output warping after HEBO (Cowen-Rivers et al. 2022)",
    options: [
      Option("startup", .int(1...100_000), defaultText: "2 + half the parameters, 4 to 10", "quasi-random trials before the model is used"),
      Option("window", .int(10...5000), default: .int(500), "trials that the model sees"),
    ], example: "tune sampler=gp")
  static let entry = Samplers.Entry(syntax) {
    GPSampler(startup: $0.int("startup", syntax), window: $0.int("window", syntax) ?? 500)
  }

  let startup: Int?
  let window: Int

  package init(startup: Int? = nil, window: Int = 500) {
    self.startup = startup
    self.window = window
  }

  package func suggest(_ request: SamplingRequest) -> Suggestion? {
    let known = request.history.filter { $0.isFinished && !$0.values.isEmpty }
    let start = startup ?? min(10, max(4, 2 + request.space.parameters.count / 2))
    guard known.count >= max(start, 2) else { return QMCSampler().suggest(request) }
    var random = request.stream("gp")
    let cube = UnitCube(request.space)
    guard let model = GPModel(request, cube, window: window) else { return RandomSampler().suggest(request) }
    var search = AcquisitionSearch(model, cube, request, &random)
    return Suggestion(search.best())
  }
}

/// The fitted model of a history, one objective (several are summed after warping, each with a random weight).
struct GPModel {
  let process: GaussianProcess
  let vectors: [[Double]]
  /// Warped, to be minimised.
  let values: [Double]
  let best: Double
  let taken: Set<[Double]>

  init?(_ request: SamplingRequest, _ cube: UnitCube, window: Int) {
    var finished = request.history.filter { $0.isFinished && !$0.values.isEmpty }
    if finished.count > window { finished = Self.thinned(finished, to: window, request.directions) }
    let observed = finished.map { cube.vector($0.point) }
    let warped = Self.values(finished, request)
    let pending = request.history.filter { $0.state == .running }.map { cube.vector($0.point) }
    let categorical = cube.axes.map(\.isCategorical)
    // Many values settle the kernel in a few steps, each of which costs their number cubed.
    let rounds = observed.count > 200 ? 15 : 60
    let kernel = KernelFit(observed, warped, categorical: categorical).best(rounds: rounds)
    guard let fitted = GaussianProcess(observed, warped, kernel, categorical: categorical) else { return nil }
    taken = Set(request.history.filter { $0.state != .waiting }.map { cube.vector($0.point) })
    best = warped.min()!
    if pending.isEmpty {
      (process, vectors, values) = (fitted, observed, warped)
      return
    }
    vectors = observed + pending
    values = warped + fitted.predict(pending).means
    guard let process = GaussianProcess(vectors, values, kernel, categorical: categorical) else { return nil }
    self.process = process
  }

  private static func values(_ trials: [Observation], _ request: SamplingRequest) -> [Double] {
    if request.directions.count == 1 {
      let keys = trials.map { request.directions[0].key($0.values[0]) }
      // Two views of few values in turn: where one misleads the model, the other does not. Many values need only one.
      return request.number % 2 == 1 && trials.count < 50 ? OutputWarp.halfRanked(keys) : OutputWarp.warped(keys)
    }
    // Chebyshev's scalarisation with weights drawn for this suggestion (ParEGO, Knowles 2006).
    var random = request.stream("weights")
    let weights = request.directions.map { _ in -log(1 - random.uniform()) }
    let total = weights.reduce(0, +)
    let warped = request.directions.indices.map { objective in
      OutputWarp.warped(trials.map { request.directions.keys($0.values)[objective] })
    }
    return OutputWarp.standardized(
      trials.indices.map { row in
        let parts = warped.indices.map { weights[$0] / total * (warped[$0][row] + 3) }
        return (parts.max() ?? 0) + 0.05 * parts.reduce(0, +)
      })
  }

  /// The best third and the newest of the others, in order of numbers.
  private static func thinned(_ trials: [Observation], to count: Int, _ directions: [Direction]) -> [Observation] {
    let byValue = trials.indices.sorted {
      (directions.keys(trials[$0].values)[0], $0) < (directions.keys(trials[$1].values)[0], $1)
    }
    var kept = Set(byValue.prefix(count / 3))
    for index in trials.indices.reversed() where kept.count < count { kept.insert(index) }
    return kept.sorted().map { trials[$0] }
  }
}
