import LinearAlgebra
import Vocabulary

#if canImport(Glibc)
  import Glibc
#endif

/// Finds configurations that keep every rule of a space: draws first, then steps along one parameter at a time, then, where the
/// space is small, every configuration.
///
/// The number of configurations looked at is bounded, so the answer comes within a bounded time and depends on the seed alone.
/// If the work is interrupted, what was found until then is the answer.
package struct RuleSearch {
  let space: Space
  /// Values that the configuration must have where they are active.
  let pinned: Point

  package init(_ space: Space, pinned: Point = [:]) {
    self.space = space
    self.pinned = pinned
  }

  /// Draws before anything else is tried, starts of a walk along the parameters, and configurations that are few enough to look at all.
  private static let (draws, starts, few) = (1000, 60, 20_000)

  /// A configuration that keeps the rules, `start` itself if it does; throws an error that names the rule if none is found.
  package func configuration(near start: Point? = nil, _ random: inout RandomStream) throws(SearchError) -> Point {
    var tally = Tally(space)
    if let start, tally.keepsAll(start) { return start }
    if let start, let found = walk(from: start, &tally, &random) { return found }
    for _ in 0..<Self.draws where !Interrupting.isRaised {
      let point = drawn(&random)
      if tally.keepsAll(point) { return point }
    }
    for _ in 0..<Self.starts where !Interrupting.isRaised {
      if let found = walk(from: drawn(&random), &tally, &random) { return found }
    }
    let size = pinned.isEmpty ? space.size : nil
    guard let size, size <= Self.few else { throw tally.noneFound(isProof: false) }
    if let found = first(from: 0, [:], &tally) { return found }
    throw tally.noneFound(isProof: true)
  }

  private func drawn(_ random: inout RandomStream) -> Point {
    space.configuration { parameter in
      pinned[parameter.name].flatMap { parameter.domain.contains($0) ? $0 : nil } ?? parameter.domain.draw(&random)
    }
  }

  /// Changes one parameter at a time to the value that breaks the rules least, until they are kept or nothing helps.
  private func walk(from start: Point, _ tally: inout Tally, _ random: inout RandomStream) -> Point? {
    var (point, violation) = (start, space.violation(of: start))
    for _ in 0..<4 {
      let before = violation
      for parameter in space.active(in: point).shuffled(&random) where pinned[parameter.name] == nil {
        for value in candidates(along: parameter, from: point) where !Interrupting.isRaised {
          let changed = replacing(parameter.name, with: value, in: point, &random)
          let amount = space.violation(of: changed)
          if amount < violation { (point, violation) = (changed, amount) }
          if violation == 0 { return tally.keepsAll(point) ? point : nil }
        }
      }
      if violation >= before { break }
    }
    _ = tally.keepsAll(point)
    return nil
  }

  /// The values along an axis that are worth a look: all of a few, else a grid that narrows around where the rules are broken least.
  private func candidates(along parameter: Parameter, from point: Point) -> [ParameterValue] {
    let domain = parameter.domain
    if case .categorical(let choices, _) = domain { return Array(choices.prefix(200)) }
    if let count = domain.count, count <= 64 { return (0..<count).map(domain.value(at:)) }
    func violation(_ value: ParameterValue) -> Double {
      var changed = point
      changed[parameter.name] = value
      return space.violation(of: changed)
    }
    var (low, high) = domain.widened
    let isLog = domain.isLog
    var values: [ParameterValue] = []
    for _ in 0..<9 where !Interrupting.isRaised {
      let grid = (0...16).map { low + (high - low) * Double($0) / 16 }
      let found = grid.map { domain.value(nearest: isLog ? exp($0) : $0) }
      let amounts = found.map(violation)
      values += found
      guard let best = amounts.indices.min(by: { amounts[$0] < amounts[$1] }), amounts[best] > 0 else { break }
      // A rule that is linear along the axis is met where the line through two points comes to zero.
      values += Self.roots(found, amounts).map { domain.value(nearest: $0) }
      let width = (high - low) / 16
      (low, high) = (grid[best] - width, grid[best] + width)
    }
    return values
  }

  private static func roots(_ values: [ParameterValue], _ amounts: [Double]) -> [Double] {
    zip(values, amounts).dropLast().enumerated().compactMap { index, first in
      guard let a = first.0.number, let b = values[index + 1].number else { return nil }
      let (low, high) = (first.1, amounts[index + 1])
      guard low.isFinite, high.isFinite, low != high else { return nil }
      let root = a - low * (b - a) / (high - low)
      return root.isFinite ? root : nil
    }
  }

  /// With another value, which may make other parameters active: these are drawn.
  private func replacing(
    _ name: String, with value: ParameterValue, in point: Point, _ random: inout RandomStream
  ) -> Point {
    var changed = point
    changed[name] = value
    guard space.isConditional else { return changed }
    return space.configuration { changed[$0.name] ?? pinned[$0.name] ?? $0.domain.draw(&random) }
  }

  /// The first of all configurations that keeps the rules, the last parameter changing fastest.
  private func first(from index: Int, _ point: Point, _ tally: inout Tally) -> Point? {
    guard index < space.parameters.count else { return tally.keepsAll(point) ? point : nil }
    let parameter = space.parameters[index]
    guard parameter.condition?.holds(in: space.fixed.merging(point) { $1 }) ?? true else {
      return first(from: index + 1, point, &tally)
    }
    for place in 0..<(parameter.domain.count ?? 0) where !Interrupting.isRaised {
      var point = point
      point[parameter.name] = parameter.domain.value(at: place)
      if let found = first(from: index + 1, point, &tally) { return found }
    }
    return nil
  }
}

/// What the search has looked at: which rules were broken by all of it.
private struct Tally {
  let space: Space
  private var isAlwaysBroken: [Bool]
  private var count = 0

  init(_ space: Space) {
    self.space = space
    isAlwaysBroken = space.constraints.map { _ in true }
  }

  mutating func keepsAll(_ point: Point) -> Bool {
    let violations = space.violations(of: point)
    count += 1
    for index in violations.indices where violations[index] <= 0 { isAlwaysBroken[index] = false }
    return violations.allSatisfy { $0 <= 0 }
  }

  func noneFound(isProof: Bool) -> SearchError {
    let never = space.constraints.indices.filter { isAlwaysBroken[$0] }.map { "'\(space.constraints[$0].text)'" }
    let all = space.constraints.map { "'\($0.text)'" }.joined(separator: " and ")
    let rule = never.first ?? all
    let together = never.isEmpty && space.constraints.count > 1 ? " together" : ""
    return SearchError(
      isProof
        ? "no configuration of the space keeps \(rule)\(together)"
        : "no configuration that keeps \(rule)\(together) was found among \(count)",
      hint: "use wider ranges or a looser rule")
  }
}

extension Array {
  /// In an order that the stream draws.
  fileprivate func shuffled(_ random: inout RandomStream) -> [Element] {
    var shuffled = self
    for index in indices.dropLast() { shuffled.swapAt(index, index + random.below(count - index)) }
    return shuffled
  }
}
