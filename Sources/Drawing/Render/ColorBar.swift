/// The bar that tells what colours mean.
enum ColorBar {
  static func axis(_ scale: ColorScale) -> (Axis, AxisMap) {
    let axis = Axis(scale.name, scale: scale.isLog ? .log : .linear, format: scale.format, range: scale.range)
    return (axis, AxisMap(axis, data: scale.range))
  }

  /// Pixels to the right of the panels that the bar takes.
  static func reserve(_ scale: ColorScale) -> Double {
    let (axis, map) = axis(scale)
    let widest = Ticks.along(axis, map, count: 6).map { Helvetica.width($0.text) }.max() ?? 0
    return 14 + 12 + 7 + widest + 18
  }

  static func draw(_ scale: ColorScale, in frame: Frame, _ svg: inout SVG) {
    let steps = 32
    for step in 0..<steps {
      let low = Double(step) / Double(steps)
      let top = frame.y(low + 1 / Double(steps))
      // Each reaches under the one above it, so that no seam shows between them.
      let overlap = step == 0 ? 0 : 0.6
      svg.rectangle(
        x: frame.left, y: top, width: frame.width, height: frame.height / Double(steps) + overlap,
        fill: scale.color(at: low + 0.5 / Double(steps)))
    }
    let (axis, map) = axis(scale)
    let ticks = Ticks.along(axis, map, count: max(2, min(6, Int(frame.height / 40))))
    let widest = ticks.map { Helvetica.width($0.text) }.max() ?? 0
    for tick in ticks where !tick.isMinor {
      let y = frame.y(map.share(tick.value))
      svg.segment(x1: frame.right, y1: y, x2: frame.right + 3, y2: y, color: .axis)
      svg.label(tick.text, x: frame.right + 6, y: y + 3.8)
    }
    let name = Helvetica.cut(axis.label, to: max(frame.height, 80))
    svg.label(
      name, x: frame.right + 6 + widest + 14, y: frame.top + frame.height / 2, anchor: .middle, turned: -90)
  }
}
