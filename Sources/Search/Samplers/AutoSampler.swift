import Vocabulary

/// Picks by the space, the number of trials and the objectives.
///
/// One objective: a Gaussian process up to 300 trials, every fourth suggestion the Parzen estimator's; the Parzen estimator alone
/// beyond and for spaces of more than 50 parameters.
/// Its first trials are textbook configurations where the parameters have usual names.
/// Several objectives: the Parzen estimator up to 250 trials, the genetic algorithm beyond.
package struct AutoSampler: Sampler {
  package static let syntax = Syntax(
    "auto",
    "picks: a Gaussian process while trials are few, Parzen estimators beyond, a genetic algorithm for long studies of several objectives",
    options: [TextbookStart.option])
  static let use = SamplerUse(
    "anything; it picks among the others by the space, the number of trials and the objectives.", trials: "any number",
    objectives: .all, modelsTogether: true)
  static let entry = Samplers.Entry(syntax, use: use) { AutoSampler(startsFromTextbook: startsFromTextbook($0)) }

  /// Whether a sampler as it is called begins with textbook configurations.
  package static func startsFromTextbook(_ call: Call) -> Bool {
    call.name == syntax.name && call["start"]?.description != "none"
  }

  let startsFromTextbook: Bool

  package init(startsFromTextbook: Bool = true) { self.startsFromTextbook = startsFromTextbook }

  /// What it uses for a request.
  package func choice(_ request: SamplingRequest) -> any Sampler {
    let finished = request.history.finishedCount
    if request.directions.count > 1 {
      return finished < 250 ? TPESampler() : NSGA2Sampler(population: 50, breeding: Breeding())
    }
    if finished > 300 || request.space.parameters.count > 50 { return TPESampler() }
    // Another model's view now and then finds what the first overlooks.
    return finished >= 10 && request.number % 4 == 0 ? TPESampler() : GPSampler()
  }

  package func suggest(_ request: SamplingRequest) -> Suggestion? {
    if startsFromTextbook, request.ownNumber < TextbookStart.count,
      let point = TextbookStart(request.space)?.point(request)
    {
      return Suggestion(point)
    }
    return choice(request).suggest(request)
  }
}
