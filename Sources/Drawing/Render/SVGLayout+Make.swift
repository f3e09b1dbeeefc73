extension SVGLayout {
  init(_ plot: Plot, _ scene: Scene) {
    width = max(plot.width, 200)
    titleY = Self.margin + 13
    var top = plot.title.isEmpty ? Self.margin : titleY + 8
    subtitleY = top + 10
    if let subtitle = plot.subtitle, !subtitle.isEmpty { top += 18 }
    legendY = top + 12
    legend = Legend(scene).rows(width: width - 2 * Self.margin)
    top += Double(legend.rows.count) * Legend.rowHeight + 6

    let count = scene.panels.count
    let columns = min(max(plot.columns ?? Self.columns(count), 1), max(count, 1))
    let rows = (count + columns - 1) / columns
    let bar = plot.colorScale.map(ColorBar.reserve) ?? 0
    let sides = scene.panels.enumerated().map { index, panel in
      PanelSides(panel, plot, hasLabels: !scene.sharesY || index % columns == 0, count: count, columns: columns)
    }
    let lefts = (0..<columns).map { column in
      stride(from: column, to: count, by: columns).map { sides[$0].left }.max() ?? 0
    }
    let between = 16.0
    let room = width - 2 * Self.margin - bar - lefts.reduce(0, +) - 10 - between * Double(columns - 1)
    let frameWidth = max(24, room / Double(columns))
    places = []
    var y = top
    for row in 0..<rows {
      var x = Self.margin
      let titled = (row * columns..<min(count, (row + 1) * columns)).contains { scene.panels[$0].title != nil }
      let railed = (row * columns..<min(count, (row + 1) * columns)).map { sides[$0].above }.max() ?? 0
      y += (titled ? 18 : 0) + railed
      var bottom = 0.0
      for column in 0..<columns where row * columns + column < count {
        let index = row * columns + column
        x += lefts[column]
        let frame = Frame(left: x, top: y, width: frameWidth, height: sides[index].height)
        let place = sides[index].place(in: frame, showsYName: !scene.sharesY || column == 0)
        bottom = max(bottom, frame.height + sides[index].below(place))
        places.append(place)
        x += frameWidth + between
      }
      y += bottom + (row < rows - 1 ? 10 : 0)
    }
    height = (y + Self.margin).rounded(.up)
    if bar > 0, let first = places.first?.frame, let last = places.last?.frame {
      colorBar = Frame(
        left: width - Self.margin - bar + 14, top: first.top, width: 12, height: min(last.bottom - first.top, 320))
    } else {
      colorBar = nil
    }
  }

  private static func columns(_ count: Int) -> Int {
    switch count {
    case ...3: count
    case 4: 2
    case 5...6, 9: 3
    case ...16: 4
    default: 5
    }
  }
}

/// What a panel needs around its frame.
private struct PanelSides {
  let panel: Scene.Panel
  let height: Double
  let yTicks: [Tick]
  let hasLabels: Bool
  let isSmall: Bool

  init(_ panel: Scene.Panel, _ plot: Plot, hasLabels: Bool, count: Int, columns: Int) {
    self.panel = panel
    self.hasLabels = hasLabels
    isSmall = count > 3
    if let given = plot.height {
      height = max(given, 40)
    } else if count == 1, let names = panel.yAxis.categories, !panel.layers.contains(where: \.isCells) {
      height = min(max(Double(names.count) * 22, 66), 1100)
    } else if columns == 1 {
      height = 270
    } else {
      height = columns == 2 ? 200 : (columns == 3 ? 150 : 112)
    }
    let room = panel.yAxis.categories == nil ? 42.0 : 13
    yTicks = panel.yAxis.isHidden ? [] : Ticks.along(panel.yAxis, panel.y, count: max(2, Int(height / room)))
  }

  private var labelWidth: Double {
    hasLabels ? yTicks.map { min(Helvetica.width($0.text), 150) }.max() ?? 0 : 0
  }

  /// Room for the names of rails.
  var above: Double { panel.layers.contains(where: \.isRail) ? 22 : 0 }

  var left: Double {
    if panel.yAxis.isHidden { return 14 }
    return labelWidth + 9 + (hasLabels && !panel.yAxis.name.isEmpty ? 17 : 0)
  }

  func place(in frame: Frame, showsYName: Bool) -> SVGLayout.Place {
    var turned = 0.0
    let ticks = panel.xAxis.isHidden ? [] : xTicks(frame.width, &turned)
    let below = panel.xAxis.isHidden ? 0 : (turned == 0 ? 18 : turnedHeight(ticks) + 8)
    return SVGLayout.Place(
      frame: frame, xTicks: ticks, yTicks: yTicks, turned: turned, showsXName: !panel.xAxis.isHidden,
      showsYName: showsYName && !panel.yAxis.isHidden, showsYLabels: hasLabels, yNameOffset: labelWidth + 16,
      xNameOffset: below + 13)
  }

  func below(_ place: SVGLayout.Place) -> Double {
    if panel.xAxis.isHidden { return 8 }
    return panel.xAxis.name.isEmpty ? place.xNameOffset - 10 : place.xNameOffset + 5
  }

  private func turnedHeight(_ ticks: [Tick]) -> Double {
    (ticks.map { min(Helvetica.width($0.text), 110) }.max() ?? 0) * 0.6 + 8
  }

  /// As many ticks as stand beside each other without touching; names are turned where they do not fit.
  private func xTicks(_ width: Double, _ turned: inout Double) -> [Tick] {
    if let names = panel.xAxis.categories {
      let room = width / Double(max(names.count, 1))
      let widest = names.map { Helvetica.width(TextWidth.singleLine($0)) }.max() ?? 0
      if widest + 6 <= room { return Ticks.along(panel.xAxis, panel.x, count: names.count) }
      if widest <= 24 { return Ticks.along(panel.xAxis, panel.x, count: max(1, Int(width / (widest + 6)))) }
      turned = -35
      return Ticks.along(panel.xAxis, panel.x, count: max(1, Int(width / 15)))
    }
    for count in stride(from: max(2, min(Int(width / 56), 10)), through: 2, by: -1) {
      let ticks = Ticks.along(panel.xAxis, panel.x, count: count)
      if fits(ticks, width) { return ticks }
    }
    return Ticks.along(panel.xAxis, panel.x, count: 1)
  }

  private func fits(_ ticks: [Tick], _ width: Double) -> Bool {
    var end = -Double.infinity
    let placed = ticks.filter { !$0.isMinor }.map { (panel.x.share($0.value) * width, Helvetica.width($0.text)) }
    for (middle, size) in placed.sorted(by: { $0.0 < $1.0 }) {
      if middle - size / 2 < end + 8 { return false }
      end = middle + size / 2
    }
    return true
  }
}

extension Scene.Layer {
  var isCells: Bool { if case .cells = form { true } else { false } }
  var isRail: Bool { if case .rail = form { true } else { false } }
}
