extension SceneBuilder {
  mutating func boxes(_ bars: [Bar], _ x: AxisMap, _ y: AxisMap, _ budget: Int) -> Scene.Form? {
    let boxes = bars.compactMap { bar -> Scene.Box? in
      let across = bar.isHorizontal ? y : x
      let along = bar.isHorizontal ? x : y
      let first = across.share(bar.position - bar.thickness / 2)
      let second = across.share(bar.position + bar.thickness / 2)
      // A log axis has no zero: its bars start at its end.
      let from = along.isLog && bar.from <= 0 ? 0 : along.share(bar.from)
      let to = along.share(bar.to)
      guard [first, second, from, to].allSatisfy(\.isFinite) else { return nil }
      let wide = Self.within(min(first, second), max(first, second))
      let long = Self.within(min(from, to), max(from, to))
      return Scene.Box(
        u: bar.isHorizontal ? long : wide, v: bar.isHorizontal ? wide : long, isHorizontal: bar.isHorizontal,
        label: bar.label)
    }
    count(missing: bars.count - boxes.count)
    guard !boxes.isEmpty else { return nil }
    let kept = Reduction.cloud([], count: boxes.count, limit: budget)
    count(drawn: kept.count)
    return .boxes(kept.map { boxes[$0] })
  }

  mutating func cells(_ values: [[Double]], _ labels: [[String]]?, _ x: AxisMap, _ y: AxisMap) -> Scene.Form? {
    guard let columns = values.map(\.count).max(), columns > 0 else { return nil }
    let shares = values.map { row in
      (0..<columns).map { $0 < row.count ? share(row[$0]) : .nan }
    }
    return .cells(
      Scene.Cells(
        shares: shares, labels: labels, u: (0...columns).map { x.share(Double($0) - 0.5) },
        v: (0...values.count).map { y.share(Double($0) - 0.5) }))
  }

  func labels(_ labels: [Label], _ x: AxisMap, _ y: AxisMap) -> Scene.Form? {
    let placed = labels.compactMap { label -> Label? in
      var label = label
      label.x = x.share(label.x)
      label.y = y.share(label.y)
      return label.x.isFinite && label.y.isFinite ? label : nil
    }
    return placed.isEmpty ? nil : .labels(placed)
  }

  /// The columns and rows of a grid in places of the frame; nil if it has no area.
  private func places(_ grid: Grid, _ x: AxisMap, _ y: AxisMap) -> (u: [Double], v: [Double])? {
    let rows = min(grid.y.count, grid.values.count)
    let columns = min(grid.x.count, grid.values.map(\.count).min() ?? 0)
    guard rows > 1, columns > 1 else { return nil }
    let u = grid.x.prefix(columns).map(x.share)
    let v = grid.y.prefix(rows).map(y.share)
    return (u + v).allSatisfy(\.isFinite) ? (u, v) : nil
  }

  func region(_ grid: Grid, _ x: AxisMap, _ y: AxisMap) -> Scene.Form? {
    guard let (u, v) = places(grid, x, y) else { return nil }
    let values = v.indices.map { row in Array(grid.values[row].prefix(u.count)) }
    return .levels(
      Scene.Levels(
        outlines: [Outlines.of(values, u: u, v: v, atLeast: 0)], shares: [0],
        samples: values.map { $0.map { $0 >= 0 ? 0 : .nan } }, isRegion: true, u: Self.span(u), v: Self.span(v)))
  }

  mutating func levels(_ grid: Grid, _ x: AxisMap, _ y: AxisMap) -> Scene.Form? {
    guard let (u, v) = places(grid, x, y) else { return nil }
    let shares = v.indices.map { row in u.indices.map { share(grid.values[row][$0]) } }
    let count = 12
    let thresholds = (0..<count).map { Double($0) / Double(count) }
    return .levels(
      Scene.Levels(
        outlines: thresholds.map { Outlines.of(shares, u: u, v: v, atLeast: $0 == 0 ? -1 : $0) },
        shares: thresholds.map { $0 + 0.5 / Double(count) }, samples: shares,
        u: Self.span(u), v: Self.span(v)))
  }

  /// nil if the places do not ascend.
  private static func span(_ places: [Double]) -> ClosedRange<Double>? {
    guard let first = places.first, let last = places.last, last > first else { return nil }
    return first...last
  }

  private static func within(_ low: Double, _ high: Double) -> ClosedRange<Double> {
    let low = min(max(low, 0), 1)
    return low...max(low, min(max(high, 0), 1))
  }
}
