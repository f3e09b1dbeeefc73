/// The ranges that a panel's layers take up, on each axis; nil where nothing has a place.
struct Extent {
  private(set) var x: ClosedRange<Double>?
  private(set) var y: ClosedRange<Double>?

  init(_ panel: Panel) {
    let isLogX = panel.x.scale == .log
    let isLogY = panel.y.scale == .log
    for layer in panel.layers {
      for (xs, ys) in layer.shape.places {
        for (a, b) in zip(xs, ys) {
          guard a.isFinite, b.isFinite, !isLogX || a > 0, !isLogY || b > 0 else { continue }
          x = Self.grown(x, a)
          y = Self.grown(y, b)
        }
      }
      if case .rug(let places) = layer.shape {
        for place in places where place.isFinite && (!isLogX || place > 0) { x = Self.grown(x, place) }
      }
      if case .verticalRule(let place) = layer.shape, place.isFinite, !isLogX || place > 0 { x = Self.grown(x, place) }
      if case .horizontalRule(let place) = layer.shape, place.isFinite, !isLogY || place > 0 {
        y = Self.grown(y, place)
      }
    }
  }

  static func union(_ ranges: [ClosedRange<Double>?]) -> ClosedRange<Double>? {
    ranges.compactMap { $0 }.reduce(nil) { grown(grown($0, $1.lowerBound), $1.upperBound) }
  }

  private static func grown(_ range: ClosedRange<Double>?, _ value: Double) -> ClosedRange<Double> {
    guard let range else { return value...value }
    if value < range.lowerBound { return value...range.upperBound }
    if value > range.upperBound { return range.lowerBound...value }
    return range
  }
}

extension Layer.Shape {
  /// The places that an axis should reach.
  fileprivate var places: [([Double], [Double])] {
    switch self {
    case .line(let x, let y), .steps(let x, let y), .points(let x, let y, _), .polygon(let x, let y): [(x, y)]
    case .band(let x, let low, let high): [(x, low), (x, high)]
    case .bars(let bars):
      [
        Self.corners(bars, { $0.position - $0.thickness / 2 }, \.from),
        Self.corners(bars, { $0.position + $0.thickness / 2 }, \.to),
      ]
    case .cells(let values, _): [([-0.5, Double(values.first?.count ?? 1) - 0.5], [-0.5, Double(values.count) - 0.5])]
    case .contours(let grid), .region(let grid):
      [([grid.x.first, grid.x.last].compactMap { $0 }, [grid.y.first, grid.y.last].compactMap { $0 })]
    case .labels(let labels): [(labels.map(\.x), labels.map(\.y))]
    case .verticalRule, .horizontalRule, .rug: []
    case .rail(let rail): [([rail.x, rail.x], [0, 1])]
    case .strands(let x, let lines, _): lines.map { (x, $0) }
    }
  }

  private static func corners(
    _ bars: [Bar], _ position: (Bar) -> Double, _ value: (Bar) -> Double
  ) -> ([Double], [Double]) {
    (
      bars.map { $0.isHorizontal ? value($0) : position($0) },
      bars.map { $0.isHorizontal ? position($0) : value($0) }
    )
  }
}

extension Layer {
  /// How many points a layer draws.
  var size: Int {
    switch shape {
    case .line(let x, let y), .points(let x, let y, _), .polygon(let x, let y): min(x.count, y.count)
    case .steps(let x, let y): 2 * min(x.count, y.count)
    case .band(let x, let low, let high): 2 * min(x.count, low.count, high.count)
    case .bars(let bars): bars.count
    case .rug(let x): x.count
    case .strands(let x, let lines, _): x.count * lines.count
    case .cells, .contours, .region, .labels, .verticalRule, .horizontalRule, .rail: 0
    }
  }
}
