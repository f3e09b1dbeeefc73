extension ParetoChart {
  package var plot: Plot {
    let count = study.objectives.count
    let complete = study.trials.filter { $0.state == .complete && $0.values.count >= count && count > 1 }
    let trials = Self.withoutRepeats(complete)
    let points = trials.map { Array($0.values.prefix(count)) }
    // What breaks a rule beats nothing.
    let front = Self.front(
      points.indices.map { trials[$0].isFeasible ? points[$0] : points[$0].map { _ in .nan } },
      maximizes: study.objectives.map(\.maximizes))
    let marks = trials.indices.map { front[$0] ? Mark.front : trials[$0].isFeasible ? .beaten : .broken }
    var pairs: [(Int, Int)] = []
    for first in 0..<min(count, 4) {
      for second in (first + 1)..<max(min(count, 4), first + 1) { pairs.append((first, second)) }
    }
    let panels = points.isEmpty ? [] : pairs.map { panel(trials, points, marks, $0.0, $0.1) }
    let best = front.filter { $0 }.count
    let repeats = complete.count - trials.count
    return Plot(
      title: "Pareto front of \(study.name)",
      subtitle: "\(best) of \(trials.count) trials are not beaten in every objective",
      panels: panels,
      remarks: study.objectives.map { "\($0.name): \($0.maximizes ? "larger" : "smaller") is better" }
        + (repeats > 0 ? ["\(repeats) that repeat an earlier trial are not counted"] : []),
      emptyMessage: count < 2
        ? "nothing to draw: the study has one objective, see plot history"
        : "nothing to draw yet: no trial has finished",
      width: panels.count > 2 ? 820 : 640, marks: "trial")
  }

  private enum Mark {
    case front, beaten, broken
  }

  /// A trial that is an earlier one again, in parameters and values, is the same point.
  private static func withoutRepeats(_ trials: [TrialPoint]) -> [TrialPoint] {
    var seen: Set<[Double?]> = []
    return trials.filter { seen.insert($0.parameters + $0.values).inserted || $0.parameters.isEmpty }
  }

  private func panel(
    _ trials: [TrialPoint], _ points: [[Double]], _ marks: [Mark], _ first: Int, _ second: Int
  ) -> Panel {
    func cloud(_ name: String, _ mark: Mark, _ ink: Ink) -> Layer? {
      let own = points.indices.filter { marks[$0] == mark }
      return own.isEmpty
        ? nil
        : Layer(
          name, .points(x: own.map { points[$0][first] }, y: own.map { points[$0][second] }), ink: ink,
          table: study.table(of: own.map { trials[$0] }))
    }
    let front = points.indices.filter { marks[$0] == .front }.sorted { points[$0][first] < points[$1][first] }
    var layers = [
      cloud(TrialPoint.breaking, .broken, TrialPoint.breakingInk),
      cloud("beaten", .beaten, Ink(.sky, mark: .circle, opacity: 0.8)),
    ].compactMap { $0 }
    if study.objectives.count == 2, front.count > 1 {
      let stairs = stairs(front.map { (points[$0][first], points[$0][second]) })
      layers.append(
        Layer(nil, .line(x: stairs.map(\.0), y: stairs.map(\.1)), ink: Ink(.vermillion, mark: nil, width: 1.4)))
    }
    layers.append(
      Layer(
        "Pareto front", .points(x: front.map { points[$0][first] }, y: front.map { points[$0][second] }),
        ink: Ink(.vermillion, mark: .diamond), table: study.table(of: front.map { trials[$0] })))
    let (x, y) = (study.objectives[first], study.objectives[second])
    return Panel(
      x: x.axis(for: points.map { $0[first] }, keeping: front.map { points[$0][first] }),
      y: y.axis(for: points.map { $0[second] }, keeping: front.map { points[$0][second] }), layers: layers)
  }

  /// The border of what the front dominates, from point to point over the corner that is no better than either.
  private func stairs(_ front: [(Double, Double)]) -> [(Double, Double)] {
    var stairs: [(Double, Double)] = []
    for (index, point) in front.enumerated() {
      if index > 0 {
        let before = front[index - 1]
        stairs.append(study.objectives[0].maximizes ? (before.0, point.1) : (point.0, before.1))
      }
      stairs.append(point)
    }
    return stairs
  }

  /// Which points no other beats: at least as good in all and better in one. O(n log n + n f) for a front of f.
  package static func front(_ points: [[Double]], maximizes: [Bool]) -> [Bool] {
    let signed = points.map { zip($0, maximizes).map { $1 ? -$0 : $0 } }
    // In lexicographic order whatever beats a point comes before it.
    let order = points.indices.filter { signed[$0].allSatisfy(\.isFinite) }.sorted {
      signed[$0].lexicographicallyPrecedes(signed[$1])
    }
    var front: [Int] = []
    for index in order where !front.contains(where: { beats(signed[$0], signed[index]) }) { front.append(index) }
    var isFront = Array(repeating: false, count: points.count)
    for index in front { isFront[index] = true }
    return isFront
  }

  private static func beats(_ a: [Double], _ b: [Double]) -> Bool {
    var isBetter = false
    for index in a.indices {
      if a[index] > b[index] { return false }
      if a[index] < b[index] { isBetter = true }
    }
    return isBetter
  }
}
