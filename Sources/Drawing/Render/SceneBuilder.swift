/// Turns layers in data coordinates into places of their panel, within a budget of points for the whole plot.
struct SceneBuilder {
  private let scale: ColorScale?
  private let shares: [Int]
  private var next = 0
  private(set) var missing = 0
  /// Marks beyond the axes: each once, though it has a layer of its own and a place in every panel.
  var outside: Int { panels.map(\.count).max() ?? 0 }
  private var panels: [Set<[Double]>] = []
  private(set) var points = 0
  private(set) var drawn = 0

  init(scale: ColorScale?, sizes: [Int], budget: Int) {
    self.scale = scale
    shares = Reduction.shares(sizes, total: budget)
  }

  mutating func beginPanel() { panels.append([]) }

  /// nil if nothing of the layer has a place.
  mutating func layer(_ layer: Layer, _ x: AxisMap, _ y: AxisMap) -> Scene.Layer? {
    let budget = shares[next]
    next += 1
    points += layer.size
    guard let form = form(layer.shape, x, y, budget) else { return nil }
    return Scene.Layer(name: layer.name, ink: layer.ink, form: form)
  }

  private mutating func form(_ shape: Layer.Shape, _ x: AxisMap, _ y: AxisMap, _ budget: Int) -> Scene.Form? {
    switch shape {
    case .line(let xs, let ys): return path(xs, ys, x, y, budget)
    case .steps(let xs, let ys): return steps(xs, ys, x, y, budget)
    case .polygon(let xs, let ys): return path(xs, ys, x, y, max(budget, 3), isClosed: true)
    case .points(let xs, let ys, let values): return points(xs, ys, values, x, y, budget)
    case .band(let xs, let low, let high): return band(xs, low, high, x, y, budget)
    case .bars(let bars): return boxes(bars, x, y, budget)
    case .cells(let values, let labels): return cells(values, labels, x, y)
    case .contours(let grid): return levels(grid, x, y)
    case .region(let grid): return region(grid, x, y)
    case .labels(let labels): return self.labels(labels, x, y)
    case .rug(let places): return rug(places, x, budget)
    case .verticalRule(let place): return x.share(place).isFinite ? .vertical(x.share(place)) : nil
    case .horizontalRule(let place): return y.share(place).isFinite ? .horizontal(y.share(place)) : nil
    case .rail(let rail):
      let ticks = rail.ticks.map { Rail.Tick(y: y.share($0.y), text: $0.text) }
      return .rail(Rail(x: x.share(rail.x), name: rail.name, ticks: ticks))
    case .strands(let xs, let lines, let values): return strands(xs, lines, values, x, y, budget)
    }
  }

  mutating func count(missing: Int = 0, drawn: Int = 0) {
    self.missing += missing
    self.drawn += drawn
  }

  /// Where a value stands on the plot's colour scale; nan without one.
  func share(_ value: Double) -> Double { scale?.share(value) ?? .nan }

  /// Places of pairs, nan for those without one, which are counted.
  private mutating func placed(
    _ xs: [Double], _ ys: [Double], _ x: AxisMap, _ y: AxisMap, areMarks: Bool = false
  ) -> (u: [Double], v: [Double])? {
    let count = min(xs.count, ys.count)
    var u = Array(repeating: Double.nan, count: count)
    var v = u
    var found = 0
    for index in 0..<count {
      let (a, b) = (x.share(xs[index]), y.share(ys[index]))
      guard a.isFinite, b.isFinite else { continue }
      u[index] = a
      v[index] = b
      found += 1
      let isOutside = a < -1e-9 || a > 1 + 1e-9 || b < -1e-9 || b > 1 + 1e-9
      if areMarks, isOutside, !panels.isEmpty { panels[panels.count - 1].insert([xs[index], ys[index]]) }
    }
    missing += count - found
    return found == 0 ? nil : (u, v)
  }

  private mutating func path(
    _ xs: [Double], _ ys: [Double], _ x: AxisMap, _ y: AxisMap, _ budget: Int, isClosed: Bool = false
  ) -> Scene.Form? {
    guard let (u, v) = placed(xs, ys, x, y) else { return nil }
    let kept = Reduction.line(v, limit: budget)
    drawn += kept.count
    return .path(u: kept.map { u[$0] }, v: kept.map { v[$0] }, isClosed: isClosed)
  }

  private mutating func steps(
    _ xs: [Double], _ ys: [Double], _ x: AxisMap, _ y: AxisMap, _ budget: Int
  ) -> Scene.Form? {
    guard let (u, v) = placed(xs, ys, x, y) else { return nil }
    let kept = Reduction.line(v, limit: budget / 2)
    var stairs = (u: [Double](), v: [Double]())
    for (place, index) in kept.enumerated() {
      if place > 0, v[kept[place - 1]].isFinite, v[index].isFinite {
        stairs.u.append(u[index])
        stairs.v.append(v[kept[place - 1]])
      }
      stairs.u.append(u[index])
      stairs.v.append(v[index])
    }
    drawn += kept.count == u.count ? 2 * kept.count : stairs.u.count
    return .path(u: stairs.u, v: stairs.v, isClosed: false)
  }

  private mutating func points(
    _ xs: [Double], _ ys: [Double], _ values: [Double]?, _ x: AxisMap, _ y: AxisMap, _ budget: Int
  ) -> Scene.Form? {
    guard let (u, v) = placed(xs, ys, x, y, areMarks: true) else { return nil }
    let places = u.indices.filter { u[$0].isFinite }
    let kept = Reduction.cloud(
      [places.map { u[$0] }, places.map { v[$0] }], count: places.count, limit: budget
    ).map { places[$0] }
    drawn += kept.count
    let shares = values.map { values in
      kept.map { $0 < values.count ? share(values[$0]) : .nan }
    }
    return .points(u: kept.map { u[$0] }, v: kept.map { v[$0] }, shares: shares)
  }

  private mutating func rug(_ places: [Double], _ x: AxisMap, _ budget: Int) -> Scene.Form? {
    let all = places.map(x.share).filter(\.isFinite)
    missing += places.count - all.count
    let u = Reduction.cloud([all], count: all.count, limit: budget).map { all[$0] }
    drawn += u.count
    return u.isEmpty ? nil : .points(u: u, v: u.map { _ in 0.02 }, shares: nil)
  }

  private mutating func band(
    _ xs: [Double], _ low: [Double], _ high: [Double], _ x: AxisMap, _ y: AxisMap, _ budget: Int
  ) -> Scene.Form? {
    guard let (u, bottom) = placed(xs, low, x, y), let (_, top) = placed(xs, high, x, y) else { return nil }
    let both = (0..<min(bottom.count, top.count)).filter { bottom[$0].isFinite && top[$0].isFinite }
    let kept = Reduction.line(both.map { top[$0] }, limit: budget / 2).map { both[$0] }
    guard !kept.isEmpty else { return nil }
    drawn += 2 * kept.count
    return .path(
      u: kept.map { u[$0] } + kept.reversed().map { u[$0] },
      v: kept.map { top[$0] } + kept.reversed().map { bottom[$0] },
      isClosed: true)
  }

  private mutating func strands(
    _ xs: [Double], _ lines: [[Double]], _ values: [Double], _ x: AxisMap, _ y: AxisMap, _ budget: Int
  ) -> Scene.Form? {
    guard !lines.isEmpty, !xs.isEmpty else { return nil }
    // The last lines lie on top and matter most: they are kept whole, an even sample stands for the others.
    let room = max(1, budget / xs.count)
    let top = min(lines.count, max(1, room / 4))
    let kept = Reduction.cloud([], count: lines.count - top, limit: room - top) + ((lines.count - top)..<lines.count)
    drawn += kept.count * xs.count
    return .strands(
      u: xs.map(x.share), v: kept.map { lines[$0].map(y.share) },
      shares: kept.map { $0 < values.count ? share(values[$0]) : .nan })
  }
}
