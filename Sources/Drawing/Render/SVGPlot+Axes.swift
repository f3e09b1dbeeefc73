extension SVGPlot {
  /// Fine lines at the ticks, under the data.
  func drawGrid(_ panel: Scene.Panel, _ place: SVGLayout.Place, _ svg: inout SVG) {
    guard !panel.layers.contains(where: \.fillsFrame) else { return }
    let frame = place.frame
    var path = ""
    if panel.xAxis.categories == nil {
      for tick in place.xTicks where !tick.isMinor {
        path += "M\(rounded(frame.x(panel.x.share(tick.value)))) \(rounded(frame.top))V\(rounded(frame.bottom))"
      }
    }
    if panel.yAxis.categories == nil {
      for tick in place.yTicks where !tick.isMinor {
        path += "M\(rounded(frame.left)) \(rounded(frame.y(panel.y.share(tick.value))))H\(rounded(frame.right))"
      }
    }
    if !path.isEmpty { svg.raw("<path d=\"\(path)\" stroke=\"\(Color.grid.hex)\"/>\n") }
  }

  /// The left and bottom lines with outward ticks, labels and names, over the data.
  func drawAxes(_ panel: Scene.Panel, _ names: PanelNames, _ place: SVGLayout.Place, _ svg: inout SVG) {
    let frame = place.frame
    if let title = names.title { svg.label(title, x: frame.left, y: frame.top - 6, isBold: true) }
    svg.group("axes") { drawLines(panel, place, &$0) }
    svg.group("labels") { drawLabels(panel, place, &$0) }
    if place.showsXName {
      svg.label(
        names.x, x: frame.left + frame.width / 2, y: frame.bottom + place.xNameOffset, size: 12, anchor: .middle)
    }
    if place.showsYName {
      svg.label(
        names.y, x: frame.left - place.yNameOffset, y: frame.top + frame.height / 2, size: 12, anchor: .middle,
        turned: -90)
    }
  }

  private func drawLabels(_ panel: Scene.Panel, _ place: SVGLayout.Place, _ svg: inout SVG) {
    let frame = place.frame
    let xTexts = Shortening.labels(place.xTicks.map(\.text)) { Helvetica.width($0) <= 110 }
    for (tick, text) in zip(place.xTicks, xTexts) where !tick.isMinor {
      let x = frame.x(panel.x.share(tick.value))
      if place.turned == 0 {
        svg.label(tick.text, x: x, y: frame.bottom + 15, anchor: .middle)
      } else {
        svg.label(
          text, x: x + 4, y: frame.bottom + 13, anchor: .end, turned: place.turned)
      }
    }
    if place.showsYLabels {
      let texts = Shortening.labels(place.yTicks.map(\.text)) { Helvetica.width($0) <= 150 }
      for (tick, text) in zip(place.yTicks, texts) where !tick.isMinor {
        svg.label(
          text, x: frame.left - 7, y: frame.y(panel.y.share(tick.value)) + 3.8,
          anchor: .end)
      }
    }
  }

  private func drawLines(_ panel: Scene.Panel, _ place: SVGLayout.Place, _ svg: inout SVG) {
    let frame = place.frame
    var path = ""
    if !panel.yAxis.isHidden { path += "M\(rounded(frame.left)) \(rounded(frame.top))V\(rounded(frame.bottom))" }
    if !panel.xAxis.isHidden { path += "M\(rounded(frame.left)) \(rounded(frame.bottom))H\(rounded(frame.right))" }
    for tick in place.xTicks {
      path += "M\(rounded(frame.x(panel.x.share(tick.value)))) \(rounded(frame.bottom))v\(tick.isMinor ? 2.5 : 4)"
    }
    for tick in place.yTicks {
      path += "M\(rounded(frame.left)) \(rounded(frame.y(panel.y.share(tick.value))))h\(tick.isMinor ? -2.5 : -4)"
    }
    if !path.isEmpty { svg.raw("<path d=\"\(path)\" stroke=\"\(Color.axis.hex)\"/>\n") }
  }

  /// The middle of a pixel: a line one pixel wide is then sharp.
  private func rounded(_ value: Double) -> Double { value.rounded(.down) + 0.5 }
}

extension Scene.Layer {
  fileprivate var fillsFrame: Bool {
    switch form {
    case .cells, .levels: true
    default: false
    }
  }
}
