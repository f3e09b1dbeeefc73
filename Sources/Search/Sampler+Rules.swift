import LinearAlgebra

extension Sampler {
  /// The sampler's suggestion, brought to a configuration that keeps the space's rules.
  ///
  /// The sampler is asked a few times, each time with a stream of its own; if it never keeps the rules, the configuration that a
  /// search near its first suggestion finds serves. nil if there is nothing left to suggest; throws an error that names the rule if
  /// nothing keeps it.
  package func feasibleSuggestion(_ request: SamplingRequest) throws(SearchError) -> Suggestion? {
    try feasible(request, pinned: [:])
  }

  /// A suggestion with the pinned values; it breaks a rule only where nothing with these values keeps all of them.
  package func completing(_ pinned: Point, for request: SamplingRequest) -> Suggestion? {
    var request = request
    // A value that is asked for is used: the parameters that decide about it are drawn so that it is active.
    request.space.constraints += pinned.keys.sorted().filter { request.space[$0]?.condition != nil }.map { name in
      Constraint("\(name) is active") { $0[name] == nil ? 1 : 0 }
    }
    if let suggestion = try? feasible(request, pinned: pinned) { return suggestion }
    request.space.constraints = []
    return (try? feasible(request, pinned: pinned)) ?? nil
  }

  private func feasible(_ request: SamplingRequest, pinned: Point) throws(SearchError) -> Suggestion? {
    var first: Suggestion?
    for retry in 0..<4 {
      var request = request
      request.attempt += 1000 * retry
      guard var suggestion = suggest(request) else { break }
      if !pinned.isEmpty {
        var random = request.stream("enqueue")
        suggestion.point = request.space.configuration {
          pinned[$0.name] ?? suggestion.point[$0.name] ?? $0.domain.draw(&random)
        }
      }
      if request.space.isFeasible(suggestion.point) { return suggestion }
      if suggestion.point == first?.point { break }
      first = first ?? suggestion
    }
    var random = request.stream("rules")
    if let first {
      let point = try RuleSearch(request.space, pinned: pinned).configuration(near: first.point, &random)
      return Suggestion(point, parent: first.parent)
    }
    // A grid whose points all break a rule is not at its end: it never began.
    if !request.space.constraints.isEmpty, !request.history.contains(where: { $0.number != request.number }) {
      let rules = request.space.constraints.map { "'\($0.text)'" }.joined(separator: " and ")
      throw SearchError("no point of the grid keeps \(rules)", hint: "use sampler=random, or a looser rule")
    }
    return nil
  }
}
