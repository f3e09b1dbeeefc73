extension ParallelChart {
  /// More rails than this cannot be told apart on a page.
  private static let limit = 12

  package var plot: Plot {
    let trials = ordered
    let objective = study.objective
    let values = trials.map { $0.values[0] }
    let rails =
      [ParallelRail(objective.axis(for: values), values.map(Optional.some))]
      + study.parameters.prefix(Self.limit).enumerated().map { index, parameter in
        ParallelRail(parameter.axis, trials.map { study.value(of: $0, index) })
      }
    let lines = trials.indices.map { trial in rails.map { $0.place(trial) } }
    let places = rails.indices.map(Double.init)
    var layers = [
      Layer(
        nil, .strands(x: places, y: lines, values: values),
        ink: Ink(.blue, mark: nil, width: lines.count > 200 ? 0.9 : 1.4, opacity: lines.count > 60 ? 0.7 : 0.9),
        table: study.table(of: trials))
    ]
    let names = Shortening.labels(rails.map(\.axis.name)) { Helvetica.width($0, isBold: true) <= 84 }
    for (index, rail) in rails.enumerated() {
      layers.append(Layer(nil, .rail(rail.drawn(at: Double(index), as: names[index])), ink: Ink(.axis)))
    }
    let left = study.parameters.count - Self.limit
    return Plot(
      title: "Parallel coordinates of \(study.name)", subtitle: subtitle(left),
      panels: trials.isEmpty || study.parameters.isEmpty
        ? []
        : [
          Panel(
            x: Axis("", range: -0.45...(Double(rails.count) - 0.85), isHidden: true),
            y: Axis("", range: -0.02...1.02, isHidden: true), layers: layers)
        ],
      colorScale: objective.colorScale(for: values),
      remarks: ["Axes: " + rails.map(\.axis.label).joined(separator: ", ")],
      emptyMessage: "nothing to draw yet: no trial with parameters has finished",
      width: max(640, Double(rails.count) * 88 + 100), height: 290)
  }

  /// The best trial, and how many parameters have no axis.
  private func subtitle(_ left: Int) -> String? {
    let parts = [study.bestInWords, left > 0 ? "\(left) more parameter\(left == 1 ? "" : "s") not shown" : nil]
    let said = parts.compactMap { $0 }
    return said.isEmpty ? nil : said.joined(separator: "; ")
  }

  /// From the worst to the best, so that the best are painted last; those that break a rule stand behind all others.
  private var ordered: [TrialPoint] {
    let sign = study.objective.maximizes ? 1.0 : -1
    return study.scored().sorted { a, b in
      a.isFeasible == b.isFeasible
        ? (sign * a.values[0], b.number) < (sign * b.values[0], a.number) : b.isFeasible
    }
  }
}

/// One axis of parallel coordinates: values become places in 0...1, with a place of its own for trials that did not have the
/// parameter.
struct ParallelRail {
  let axis: Axis
  private let map: AxisMap
  private let values: [Double?]
  private let hasUnset: Bool

  init(_ axis: Axis, _ values: [Double?]) {
    self.axis = axis
    self.values = values
    hasUnset = values.contains { $0 == nil }
    let finite = values.compactMap { $0 }.filter { $0.isFinite && (axis.scale != .log || $0 > 0) }
    map = AxisMap(axis, data: finite.isEmpty ? nil : (finite.min() ?? 0)...(finite.max() ?? 1))
  }

  private func scaled(_ share: Double) -> Double { hasUnset ? 0.12 + 0.88 * share : share }

  func place(_ index: Int) -> Double {
    guard let value = values[index] else { return 0 }
    return scaled(min(max(map.share(value), 0), 1))
  }

  func drawn(at x: Double, as name: String) -> Rail {
    let found = Ticks.along(axis, map, count: 6).filter { !$0.isMinor }
    let texts = Shortening.labels(found.map(\.text)) { Helvetica.width($0) <= 62 }
    var ticks = zip(found, texts).map { Rail.Tick(y: scaled(map.share($0.value)), text: $1) }
    if hasUnset { ticks.insert(Rail.Tick(y: 0, text: "unset"), at: 0) }
    return Rail(x: x, name: name, ticks: ticks)
  }
}
