import Vocabulary

#if canImport(Glibc)
  import Glibc
#endif

/// Walks every configuration once, the last parameter changing fastest.
///
/// The next one is the first that no earlier trial has, so a grid goes on after enqueued trials and a resume. A
/// suggestion costs O(trials).
package struct GridSampler: Sampler {
  package static let syntax = Syntax(
    "grid", "walks every configuration once, the last parameter changing fastest",
    options: [
      Option("points", .int(1...10_000), default: .int(5), "values taken of each continuous parameter, ends included")
    ],
    example: "tune sampler=grid(points=3)")
  static let entry = Samplers.Entry(syntax) { GridSampler(points: $0.int("points", syntax) ?? 5) }

  let points: Int

  package init(points: Int = 5) { self.points = points }

  package func suggest(_ request: SamplingRequest) -> Suggestion? {
    let taken = Set(request.history.lazy.filter { $0.number != request.number }.map(\.point))
    var grid = request.space
    for index in grid.parameters.indices { grid.parameters[index].domain = gridded(grid.parameters[index].domain) }
    var found: Point?
    walk(grid, from: 0, point: [:]) { point in
      if taken.contains(point) || !grid.isFeasible(point) { return false }
      found = point
      return true
    }
    return found.map { Suggestion($0) }
  }

  /// How many configurations the grid of a space has, constraints aside.
  package func size(of space: Space) -> Int? {
    var grid = space
    for index in grid.parameters.indices { grid.parameters[index].domain = gridded(grid.parameters[index].domain) }
    return grid.size
  }

  /// Depth first in written order; stops where `visit` says true.
  @discardableResult
  private func walk(_ space: Space, from index: Int, point: Point, _ visit: (Point) -> Bool) -> Bool {
    guard index < space.parameters.count else { return visit(point) }
    let parameter = space.parameters[index]
    guard parameter.condition?.holds(in: space.fixed.merging(point) { $1 }) ?? true else {
      return walk(space, from: index + 1, point: point, visit)
    }
    for value in 0..<(parameter.domain.count ?? 0) {
      var point = point
      point[parameter.name] = parameter.domain.value(at: value)
      if walk(space, from: index + 1, point: point, visit) { return true }
    }
    return false
  }

  /// A continuous range as evenly spaced values (in the logarithm where `log`); other domains as they are.
  private func gridded(_ domain: Domain) -> Domain {
    guard case .float(let low, let high, nil, let isLog) = domain, low < high else { return domain }
    let values = (0..<points).map { index -> ParameterValue in
      let share = points == 1 ? 0.5 : Double(index) / Double(points - 1)
      if share == 0 { return .float(low) }
      if share == 1 { return .float(high) }
      return .float(isLog ? exp(log(low) + share * (log(high) - log(low))) : low + share * (high - low))
    }
    return .categorical(values, ordered: true)
  }
}
