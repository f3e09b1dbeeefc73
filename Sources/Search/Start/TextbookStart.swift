import Vocabulary

#if canImport(Glibc)
  import Glibc
#endif

/// The first trials of a study whose parameters have the field's usual names: three configurations that are reasonable for most
/// networks.
///
/// They are general knowledge, learned from no table. A value outside its range stands at the nearest end; what no name tells is in
/// the middle of its range in the first trial and quasi-random in the others. What a wrong guess can cost is three trials.
package struct TextbookStart: Sendable {
  /// How many trials it gives.
  package static let count = 3

  package static let option = Option(
    "start", .word(["textbook", "none"]), default: .text("textbook"),
    "the first trials: reasonable configurations for parameters with usual names, or none",
    meanings: [
      Syntax(
        "textbook", "three configurations that suit most networks, where at least two parameters have usual names"),
      Syntax("none", "the sampler's own first trials"),
    ])

  private let space: Space
  private let roles: [String: UsualName]

  /// nil if fewer than two of the space's parameters have usual names.
  package init?(_ space: Space) {
    self.space = space
    roles = space.parameters.reduce(into: [:]) { roles, parameter in
      roles[parameter.name] = UsualName(of: parameter.name)
    }
    if roles.count < 2 { return nil }
  }

  /// The parameters that it knows, in the space's order.
  package var names: [String] { space.parameters.map(\.name).filter { roles[$0] != nil } }

  /// The configuration for a trial; nil beyond the last, at a second try for the same trial, and where it would break a rule.
  package func point(_ request: SamplingRequest) -> Point? {
    guard request.ownNumber < Self.count, request.attempt == 0 else { return nil }
    let others =
      request.ownNumber == 0
      ? UnitCube.middle(of: space) : QMCSampler.point(request.ownNumber, space, seed: request.seed)
    var chosen = space.fixed
    let point = space.configuration { parameter in
      let value =
        roles[parameter.name].flatMap { usual(for: $0, in: parameter.domain, request.ownNumber, chosen) }
        ?? others[parameter.name] ?? UnitCube.middle(of: parameter.domain)
      chosen[parameter.name] = value
      return value
    }
    return space.isFeasible(point) ? point : nil
  }

  private func usual(for role: UsualName, in domain: Domain, _ number: Int, _ chosen: Point) -> ParameterValue? {
    switch role {
    case .optimizer, .activation, .schedule: domain.first(of: role.words)
    case .learningRate: domain.value(closestTo: rates(chosen)[number])
    default: domain.value(closestTo: role.numbers[number])
    }
  }

  /// Descent takes larger steps than rules that divide each gradient by its own size; with momentum a tenth of those without.
  private func rates(_ chosen: Point) -> [Double] {
    let hasMomentum = roles.values.contains(.momentum) || chosen["momentum"]?.number ?? 0 > 0
    let optimizer = chosen.first { UsualName(of: $0.key) == .optimizer }?.value.description.lowercased()
    guard optimizer == "sgd" || optimizer == nil && hasMomentum else { return UsualName.learningRate.numbers }
    return hasMomentum ? [0.01, 0.05, 0.003] : [0.1, 0.5, 0.03]
  }
}

extension Domain {
  /// The first of these words that a set has, in any case.
  fileprivate func first(of words: [String]) -> ParameterValue? {
    guard case .categorical(let choices, _) = self else { return nil }
    for word in words {
      if let choice = choices.first(where: { $0.description.lowercased() == word }) { return choice }
    }
    return nil
  }

  /// The value that is least away from a number, by ratio; nil for a set without numbers.
  func value(closestTo number: Double) -> ParameterValue? {
    guard case .categorical(let choices, _) = self else { return value(nearest: number) }
    func distance(_ choice: Double) -> Double {
      choice > 0 && number > 0 ? abs(log(choice / number)) : abs(choice - number) * 1000
    }
    let numbers = choices.filter { $0.number != nil }
    return numbers.min { distance($0.number!) < distance($1.number!) }
  }
}
