/// What a panel needs around its frame.
struct PanelSides {
  let panel: Scene.Panel
  let height: Double
  let yTicks: [Tick]
  let hasLabels: Bool
  /// Pixels by which labels of the x axis may stand out beyond the frame.
  private let overhang: Double

  init(_ panel: Scene.Panel, _ plot: Plot, hasLabels: Bool, count: Int, columns: Int) {
    self.panel = panel
    self.hasLabels = hasLabels
    overhang = columns == 1 ? 22 : 12
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
      let ticks = within(Ticks.along(panel.xAxis, panel.x, count: count), width)
      if fits(ticks, width) { return ticks }
    }
    return apart(within(Ticks.along(panel.xAxis, panel.x, count: 1), width), width)
  }

  /// A label that would reach over into the next panel, or out of the picture, is left out; its tick stays.
  private func within(_ ticks: [Tick], _ width: Double) -> [Tick] {
    ticks.map { tick in
      let middle = panel.x.share(tick.value) * width
      let reach = Helvetica.width(tick.text) / 2
      return middle - reach < -overhang || middle + reach > width + overhang ? Tick(value: tick.value, text: "") : tick
    }
  }

  private func fits(_ ticks: [Tick], _ width: Double) -> Bool {
    apart(ticks, width).count == ticks.count
  }

  /// The ticks whose labels do not touch the ones before them.
  private func apart(_ ticks: [Tick], _ width: Double) -> [Tick] {
    var end = -Double.infinity
    return ticks.sorted { panel.x.share($0.value) < panel.x.share($1.value) }.filter { tick in
      if tick.isMinor { return true }
      let (middle, size) = (panel.x.share(tick.value) * width, Helvetica.width(tick.text))
      if middle - size / 2 < end + 8 { return false }
      end = middle + size / 2
      return true
    }
  }
}

extension Scene.Layer {
  var isCells: Bool { if case .cells = form { true } else { false } }
  var isRail: Bool { if case .rail = form { true } else { false } }
}
