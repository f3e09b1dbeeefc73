#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension ContourChart {
  /// The surface is worked out at this many places across and up, from at most so many trials.
  private static let columns = 46
  private static let rows = 36
  private static let limit = 400
  private static let mostStrips = 40

  package var plot: Plot {
    guard let first = study.parameters.firstIndex(where: { $0.name == x }),
      let second = study.parameters.firstIndex(where: { $0.name == y }), first != second
    else {
      return Plot(
        title: "Contours of \(study.name)", panels: [],
        emptyMessage: "nothing to draw: the study has no two parameters \(x) and \(y)")
    }
    let trials = study.scored().filter { study.value(of: $0, first) != nil && study.value(of: $0, second) != nil }
    let places = trials.map { (study.value(of: $0, first) ?? .nan, study.value(of: $0, second) ?? .nan) }
    let values = trials.map { $0.values[0] }
    let scale = study.objective.colorScale(for: values)
    let axes = (
      Self.fixed(study.parameters[first].axis, places.map(\.0)),
      Self.fixed(study.parameters[second].axis, places.map(\.1))
    )
    var layers = surfaces(places, values, axes, scale)
    layers.append(
      Layer(
        "trials", .points(x: places.map(\.0), y: places.map(\.1)), ink: Ink(.black, mark: .circle),
        table: study.table(of: trials)))
    if let best = study.best(), let index = trials.firstIndex(where: { $0.number == best.number }) {
      layers.append(
        Layer(
          "best: trial \(best.number)", .points(x: [places[index].0], y: [places[index].1]),
          ink: Ink(.vermillion, mark: .star), table: study.table(of: [best])))
    }
    return Plot(
      title: "\(study.objective.name) over \(x) and \(y)", subtitle: study.bestInWords,
      panels: trials.isEmpty ? [] : [Panel(x: axes.0, y: axes.1, layers: layers)], colorScale: scale,
      remarks: ["Between the trials the surface is a local regression; where there are none there is no colour"],
      emptyMessage: "nothing to draw yet: no trial with both parameters has finished", height: 320)
  }

  /// The axis with its range, so that the surface fills it to its ends.
  private static func fixed(_ axis: Axis, _ values: [Double]) -> Axis {
    guard axis.categories == nil else { return axis }
    var axis = axis
    let finite = values.filter { $0.isFinite && (axis.scale != .log || $0 > 0) }
    let map = AxisMap(axis, data: finite.isEmpty ? nil : (finite.min() ?? 0)...(finite.max() ?? 1))
    axis.range = map.low...map.high
    return axis
  }

  /// One surface, or one a category where an axis has names: between names there is nothing.
  private func surfaces(
    _ places: [(Double, Double)], _ values: [Double], _ axes: (Axis, Axis), _ scale: ColorScale
  ) -> [Layer] {
    let kept = Reduction.cloud([values], count: places.count, limit: Self.limit)
    let strips = Dictionary(grouping: kept) { index in
      Strip(
        column: axes.0.categories == nil ? nil : places[index].0, row: axes.1.categories == nil ? nil : places[index].1)
    }
    // The picture's bytes grow with strips times rows: of many strips the fullest are drawn, and all more coarsely.
    let shown = strips.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.prefix(Self.mostStrips)
    let rows = max(6, min(Self.rows, 6 * Self.rows / max(shown.count, 1)))
    return shown.sorted { $0.key < $1.key }.compactMap { strip, members in
      surface(strip, members.map { places[$0] }, members.map { values[$0] }, axes, scale, rows: rows)
    }
  }

  private struct Strip: Hashable, Comparable {
    var column: Double?
    var row: Double?

    static func < (a: Strip, b: Strip) -> Bool {
      (a.column ?? 0, a.row ?? 0) < (b.column ?? 0, b.row ?? 0)
    }
  }

  private func surface(
    _ strip: Strip, _ places: [(Double, Double)], _ values: [Double], _ axes: (Axis, Axis), _ scale: ColorScale,
    rows: Int
  ) -> Layer? {
    let across = Side(
      axes.0, center: strip.column, count: strip.row == nil ? Self.columns : min(Self.columns, rows),
      near: places.map(\.0))
    let up = Side(axes.1, center: strip.row, count: rows, near: places.map(\.1))
    let points = zip(places, values).compactMap { place, value -> Surface.Point? in
      let (u, v) = (across.share(place.0), up.share(place.1))
      guard u.isFinite, v.isFinite, scale.share(value).isFinite else { return nil }
      return Surface.Point(u: u, v: v, value: scale.share(value))
    }
    guard points.count > (strip.column == nil && strip.row == nil ? 2 : 0) else { return nil }
    if strip.column != nil, strip.row != nil {
      let mean = points.reduce(0) { $0 + $1.value } / Double(points.count)
      let value = Self.value(scale, mean)
      return Layer(
        nil, .contours(Grid(x: across.places, y: up.places, values: [[value, value], [value, value]])), ink: Ink(.grey))
    }
    let surface = Surface(points)
    let grid = up.shares.map { v in across.shares.map { u in Self.value(scale, surface.value(u: u, v: v)) } }
    return Layer(nil, .contours(Grid(x: across.places, y: up.places, values: grid)), ink: Ink(.grey))
  }

  /// The value at a share of the colour scale.
  private static func value(_ scale: ColorScale, _ share: Double) -> Double {
    let (low, high) = (scale.range.lowerBound, scale.range.upperBound)
    return scale.isLog ? low * pow(high / low, share) : low + (high - low) * share
  }

  /// One direction of the grid: places on the axis and their shares of the unit square.
  private struct Side {
    let places: [Double]
    let shares: [Double]
    private let map: AxisMap
    private let isStrip: Bool

    /// Reaches as far as there are trials, and a little further: beyond them nothing is known.
    init(_ axis: Axis, center: Double?, count: Int, near trials: [Double]) {
      map = AxisMap(axis, data: nil)
      isStrip = center != nil
      if let center {
        places = [center - 0.42, center + 0.42]
        shares = [0.5, 0.5]
        return
      }
      let map = map
      let known = trials.map(map.share).filter(\.isFinite)
      let low = max(0, (known.min() ?? 0) - 0.03)
      let high = min(1, (known.max() ?? 1) + 0.03)
      shares = (0..<count).map { low + (high - low) * Double($0) / Double(count - 1) }
      places = shares.map(map.value(at:))
    }

    func share(_ value: Double) -> Double { isStrip ? 0.5 : map.share(value) }
  }
}
