import LinearAlgebra
import Vocabulary

#if canImport(Glibc)
  import Glibc
#endif

/// Gaussian-process search: models the objective over the unit cube and suggests where it expects most improvement.
///
/// The first trial is the middle of all ranges, a few quasi-random ones follow. Pending trials are taken to give what the model
/// predicts for them; of pruned trials it learns at the step that they came to; failed ones stand as bad as the worst. Beyond `window` trials the model
/// sees the best and the newest of them.
package struct GPSampler: Sampler {
  package static let syntax = Syntax(
    "gp", "models the objective by a Gaussian process and takes the largest expected improvement",
    formula: "k = s (1 + r' + r'^2 / 3) exp(-r'), r' = sqrt(5 sum_j w_j d_j^2); x = argmax log EI(x)",
    source:
      "Matern 5/2 with automatic relevance; log EI of Ament et al. 2023; output warping after HEBO (Cowen-Rivers et al. 2022)",
    options: [
      Option(
        "startup", .int(1...100_000), defaultText: "2 + half the parameters, 4 to 10",
        "quasi-random trials before the model is used"),
      Option("window", .int(10...5000), default: .int(500), "trials that the model sees"),
    ], example: "tune sampler=gp")
  static let use = SamplerUse(
    "expensive trials and up to about twenty numeric parameters.", trials: "10 to 500",
    objectives: .all, modelsTogether: true)
  static let entry = Samplers.Entry(syntax, use: use) {
    GPSampler(startup: $0.int("startup", syntax), window: $0.int("window", syntax) ?? 500)
  }

  let startup: Int?
  let window: Int

  package init(startup: Int? = nil, window: Int = 500) {
    self.startup = startup
    self.window = window
  }

  /// Trials before the model is used.
  func startCount(_ space: Space) -> Int { startup ?? min(10, max(4, 2 + space.parameters.count / 2)) }

  package func suggest(_ request: SamplingRequest) -> Suggestion? {
    let known = request.history.count(where: GPModel.isKnown)
    let start = startCount(request.space)
    let cube = UnitCube(request.space)
    guard known >= max(start, 2) else {
      // Ranges are written around what is expected to be good: the first trial stands in their middle.
      guard request.ownNumber == 0 && request.attempt == 0 else { return QMCSampler().suggest(request) }
      let middle = UnitCube.middle(of: request.space)
      return request.space.isFeasible(middle) ? Suggestion(middle) : QMCSampler().suggest(request)
    }
    var random = request.stream("gp")
    guard let model = GPModel(request, cube, window: window) else { return RandomSampler().suggest(request) }
    var search = AcquisitionSearch(model, cube, request, &random)
    return Suggestion(search.best())
  }
}
