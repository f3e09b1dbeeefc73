extension Space {
  /// Throws the first thing that is wrong: an empty or impossible range, a name said twice, a condition on a name that
  /// is not known yet or a value that it never has.
  package func check() throws(SearchError) {
    var earlier: [String: Domain] = [:]
    for parameter in parameters {
      if earlier[parameter.name] != nil {
        throw SearchError("'\(parameter.name)' appears twice in the space", parameter: parameter.name)
      }
      try parameter.checkDomain()
      if let condition = parameter.condition { try check(condition, of: parameter, after: earlier) }
      earlier[parameter.name] = parameter.domain
    }
  }

  private func check(_ condition: Condition, of parameter: Parameter, after earlier: [String: Domain])
    throws(SearchError)
  {
    switch condition {
    case .compare(let name, let comparison, let value):
      let values = comparison == .equal || comparison == .notEqual ? [value] : []
      try check(name, hasOneOf: values, of: parameter, after: earlier)
    case .oneOf(let name, let values):
      try check(name, hasOneOf: values, of: parameter, after: earlier)
    case .formula(let left, _, let right):
      for name in left.names + right.names { try check(name, hasOneOf: [], of: parameter, after: earlier) }
    case .and(let left, let right), .or(let left, let right):
      try check(left, of: parameter, after: earlier)
      try check(right, of: parameter, after: earlier)
    case .not(let inner):
      try check(inner, of: parameter, after: earlier)
    }
  }

  private func check(
    _ name: String, hasOneOf values: [ParameterValue], of parameter: Parameter, after earlier: [String: Domain]
  ) throws(SearchError) {
    guard let domain = earlier[name] else {
      if fixed[name] != nil { return }
      let later = parameters.contains { $0.name == name }
      throw SearchError(
        "the condition of '\(parameter.name)' speaks of '\(name)', which is \(later ? "not above it" : "neither in the space nor fixed")",
        hint: later ? "write the line of '\(name)' above that of '\(parameter.name)'" : nil, parameter: parameter.name)
    }
    guard case .categorical(let choices, _) = domain else { return }
    for value in values where !choices.contains(where: { $0.matches(value) }) {
      throw SearchError(
        "the condition of '\(parameter.name)' asks whether '\(name)' is \(value), which it never is",
        hint: "it is one of " + choices.map(\.description).joined(separator: ", "), parameter: parameter.name)
    }
  }
}

extension Parameter {
  fileprivate func checkDomain() throws(SearchError) {
    func mistake(_ message: String, _ hint: String? = nil) -> SearchError {
      SearchError("'\(name)': " + message, hint: hint, parameter: name)
    }
    switch domain {
    case .int(let low, let high, let step, let log):
      if low > high { throw mistake("the range \(low)..\(high) is empty", "did you mean \(high)..\(low)?") }
      for end in [low, high] where end.magnitude > 1 << 53 {
        throw mistake("the range \(low)..\(high) ends beyond 2**53, where whole numbers cannot be told apart")
      }
      if step < 1 { throw mistake("the step must be at least 1, not \(step)") }
      if log && low < 1 { throw mistake("a log range needs a low end of at least 1, not \(low)") }
      if log && step != 1 { throw mistake("a log range takes no step") }
    case .float(let low, let high, let step, let log):
      if !low.isFinite || !high.isFinite { throw mistake("the ends of a range must be finite") }
      if !(high - low).isFinite { throw mistake("the range \(low)..\(high) is too wide") }
      if low > high { throw mistake("the range \(low)..\(high) is empty", "did you mean \(high)..\(low)?") }
      // A density over a narrower one would be more than the largest number.
      if !log, low < high, high - low < 1e-303 {
        throw mistake("the range \(low)..\(high) is narrower than 1e-303", "use a larger unit, or log(...)")
      }
      if let step, !(step > 0 && step.isFinite) { throw mistake("the step must be greater than 0, not \(step)") }
      if let step, (high - low) / step > 1e9 {
        throw mistake("the step \(step) is too small for the range \(low)..\(high)")
      }
      if log && low <= 0 {
        throw mistake("a log range needs a low end greater than 0, not \(low)", "for example log(1e-5..\(high))")
      }
      if log && step != nil { throw mistake("a log range takes no step") }
    case .categorical(let choices, _):
      if choices.isEmpty { throw mistake("the set is empty") }
      var met: Set<ParameterValue> = []
      for choice in choices {
        if !met.insert(choice.identity).inserted { throw mistake("'\(choice)' appears twice in the set") }
        if let number = choice.number, !number.isFinite { throw mistake("a set takes no \(choice)") }
      }
    }
  }
}
