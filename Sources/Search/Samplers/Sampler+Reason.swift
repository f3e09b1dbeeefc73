// Why each sampler suggests what it does, as `explain` says it.

extension AutoSampler {
  package func reason(for point: Point, _ request: SamplingRequest) -> String? {
    if startsFromTextbook, request.ownNumber < TextbookStart.count,
      TextbookStart(request.space)?.point(request) == point
    {
      return "a textbook start"
    }
    return choice(request).reason(for: point, request)
  }
}

extension GridSampler {
  package func reason(for point: Point, _ request: SamplingRequest) -> String? { "the next untried point of the grid" }
}

extension RandomSampler {
  package func reason(for point: Point, _ request: SamplingRequest) -> String? { "drawn at random" }
}

extension QMCSampler {
  package func reason(for point: Point, _ request: SamplingRequest) -> String? { "next of an even spread" }
}

extension TPESampler {
  package func reason(for point: Point, _ request: SamplingRequest) -> String? {
    let finished = request.history.finishedCount
    guard finished + request.history.failedCount >= startup else {
      return "random, one of \(startup) before the model"
    }
    let good = TPESplit.belowCount(finished, objectives: request.directions.count)
    return "like the best \(good) of \(finished), unlike the others"
  }
}

extension GPSampler {
  package func reason(for point: Point, _ request: SamplingRequest) -> String? {
    let start = startCount(request.space)
    guard request.history.count(where: GPModel.isKnown) >= max(start, 2) else {
      return "one of \(start) that span the space, before the model"
    }
    let cube = UnitCube(request.space)
    guard let model = GPModel(request, cube, window: window) else { return "random: the model cannot be fitted" }
    let percent = Int((100 * model.chanceOfImprovement(at: cube.vector(point))).rounded())
    return "largest expected improvement, \(percent) % chance of a new best"
  }
}

extension GPModel {
  /// The chance that a trial at a point is better than the best so far, the mean over the views. (Warping keeps an order, so the
  /// chance is one of the values as they are.)
  func chanceOfImprovement(at vector: [Double]) -> Double {
    let point = evidence.atEnd([vector])
    let chances = views.map { view in
      let (means, variances) = view.process.predict(point)
      let deviation = (variances[0] + view.process.kernel.noise).squareRoot()
      return Normal.cumulative((view.best - means[0]) / max(deviation, 1e-300))
    }
    return chances.reduce(0, +) / Double(max(1, chances.count))
  }
}

extension CMAESSampler {
  package func reason(for point: Point, _ request: SamplingRequest) -> String? {
    "drawn around the mean of the best of each generation"
  }
}

extension EvolutionSampler {
  package func reason(for point: Point, _ request: SamplingRequest) -> String? { "a good trial, changed a little" }
}

extension NSGA2Sampler {
  package func reason(for point: Point, _ request: SamplingRequest) -> String? {
    request.history.finishedCount < population ? "random, of the first population" : "bred from the front"
  }
}

extension BOHBSampler {
  package func reason(for point: Point, _ request: SamplingRequest) -> String? {
    "random or like the best of the longest trainings"
  }
}

extension PBTSampler {
  package func reason(for point: Point, _ request: SamplingRequest) -> String? {
    request.number < population ? "a member's first round, random" : "a member goes on, or copies a better one"
  }
}
