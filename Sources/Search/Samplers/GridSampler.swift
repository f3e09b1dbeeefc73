import Vocabulary

#if canImport(Glibc)
  import Glibc
#endif

/// Walks every configuration once: in written order, the last parameter changing fastest, or, where fewer trials are planned than
/// there are points, in an order drawn by the seed, so that the trials are spread over the whole grid.
///
/// The next one is the first that no earlier trial has, so a grid continues after enqueued trials and a resume. A
/// suggestion costs O(trials).
package struct GridSampler: Sampler {
  package static let syntax = Syntax(
    "grid", "walks every configuration once; with fewer trials than points, a random part of them",
    options: [
      Option("points", .int(1...10_000), default: .int(5), "values taken of each continuous parameter, ends included")
    ],
    example: "tune sampler=grid(points=3)")
  static let use = SamplerUse(
    "a few parameters with a few values each, all of which should be seen.", trials: "as many as points",
    objectives: .none)
  static let entry = Samplers.Entry(syntax, use: use) { GridSampler(points: $0.int("points", syntax) ?? 5) }

  let points: Int

  /// How many points the grid of a call has on a space; nil if the call is another sampler or the number does not fit an Int.
  package static func size(of space: Space, by call: Call) -> Int? {
    call.name == syntax.name ? GridSampler(points: call.int("points", syntax) ?? 5).size(of: space) : nil
  }

  package init(points: Int = 5) { self.points = points }

  package func suggest(_ request: SamplingRequest) -> Suggestion? {
    let taken = Set(request.history.lazy.filter { $0.number != request.number }.map(\.point))
    let grid = gridded(request.space)
    if let planned = request.planned, grid.size.map({ $0 > planned }) ?? true,
      let point = drawn(from: grid, taken, request)
    {
      return Suggestion(point)
    }
    var found: Point?
    walk(grid, from: 0, point: [:]) { point in
      if taken.contains(point) || !grid.isFeasible(point) { return false }
      found = point
      return true
    }
    return found.map { Suggestion($0) }
  }

  /// How many configurations the grid of a space has, constraints aside; nil if the number does not fit an Int.
  package func size(of space: Space) -> Int? { gridded(space).size }

  /// A point of the grid that no trial has; nil if so many draws find none, as near the end of a grid.
  private func drawn(from grid: Space, _ taken: Set<Point>, _ request: SamplingRequest) -> Point? {
    var random = request.stream("grid")
    for _ in 0..<1000 {
      let point = grid.configuration { $0.domain.draw(&random) }
      if !taken.contains(point) && grid.isFeasible(point) { return point }
    }
    return nil
  }

  private func gridded(_ space: Space) -> Space {
    var grid = space
    for index in grid.parameters.indices { grid.parameters[index].domain = gridded(grid.parameters[index].domain) }
    return grid
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
