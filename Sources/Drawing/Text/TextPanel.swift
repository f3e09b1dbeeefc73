extension Scene.Layer {
  /// Horizontal bars, each of which wants a row.
  fileprivate var barCount: Int {
    if case .boxes(let boxes) = form { boxes.filter(\.isHorizontal).count } else { 0 }
  }
}

/// One panel in characters: the frame with its axes.
struct TextPanel {
  /// Columns that an axis has beside its panel's names at least.
  static let leastMargin = 4

  private let panel: Scene.Panel
  private let names: PanelNames
  private let width: Int
  private let hasScale: Bool
  private let rows: Int
  private let yLabels: [Int: String]
  private let labelWidth: Int
  /// Horizontal bars that share a row at most, the rarer kinds in front.
  private let barsARow: Int

  init(_ panel: Scene.Panel, _ names: PanelNames, width: Int, isSmall: Bool, hasScale: Bool) {
    self.panel = panel
    self.names = names
    self.width = width
    self.hasScale = hasScale
    let standard = isSmall ? 8 : 16
    let bars = panel.layers.reduce(0) { $0 + $1.barCount }
    let wanted = panel.yAxis.categories?.count ?? max(bars, standard)
    let rows = min(max(wanted, 3), isSmall ? 8 : 40)
    self.rows = rows
    barsARow = (bars + rows - 1) / rows
    yLabels = panel.yAxis.isHidden ? [:] : Self.labels(panel, rows, isSmall: isSmall)
    labelWidth = yLabels.values.map { TextWidth.of($0) }.max() ?? 0
  }

  /// By row; of labels that fall on one row the first stays.
  private static func labels(_ panel: Scene.Panel, _ rows: Int, isSmall: Bool) -> [Int: String] {
    let count = panel.yAxis.categories == nil ? max(2, rows / 3) : rows
    var labels: [Int: String] = [:]
    let ticks = Ticks.along(panel.yAxis, panel.y, count: count).filter { !$0.isMinor }
    let texts = Shortening.labels(ticks.map(\.text), columns: isSmall ? 10 : 22)
    for (tick, text) in zip(ticks, texts) {
      let row = min(max(Int((1 - panel.y.share(tick.value)) * Double(rows)), 0), rows - 1)
      if labels[row] == nil { labels[row] = text }
    }
    return labels
  }

  var lines: [String] {
    let columns = frameColumns
    var painter = TextPainter(columns: columns, rows: rows, hasScale: hasScale)
    for layer in panel.layers { painter.draw(layer) }
    var lines: [String] = []
    if let title = names.title { lines.append(title) }
    if !panel.yAxis.isHidden, !panel.yAxis.name.isEmpty {
      let sharing = barsARow > 1 ? ", up to \(barsARow) a row" : ""
      lines.append(TextWidth.cut(names.y + sharing, to: width))
    }
    lines += railNames(painter)
    for (row, content) in painter.canvas.lines.enumerated() {
      let label = TextWidth.pad(yLabels[row] ?? "", to: labelWidth, right: true)
      let edge = panel.yAxis.isHidden ? "" : (yLabels[row] == nil ? " \u{2502}" : " \u{2524}")
      lines.append(label + edge + content)
    }
    return panel.xAxis.isHidden ? lines : lines + axisLines(painter)
  }

  /// Cells get equally many columns each.
  private var frameColumns: Int {
    let room = max(8, width - labelWidth - (panel.yAxis.isHidden ? 0 : 2))
    guard let count = panel.xAxis.categories?.count, count > 0, room >= count else { return room }
    return min(room / count, 12) * count
  }

  private func axisLines(_ painter: TextPainter) -> [String] {
    let columns = painter.canvas.columns
    var ruler = Array(repeating: "\u{2500}", count: columns)
    var labels = TextCanvas(columns: columns + labelWidth + 2, rows: 1)
    for tick in ticks(columns) where !tick.isMinor {
      let place = min(max(Int(panel.x.share(tick.value) * Double(columns)), 0), columns - 1)
      ruler[place] = "\u{252C}"
      let text = TextWidth.of(tick.text) == tick.text.count ? tick.text : String(repeating: "?", count: tick.text.count)
      let start = labelWidth + 2 + place - (text.count - 1) / 2
      labels.put(text, column: min(max(0, start), columns + labelWidth + 2 - text.count), row: 0)
    }
    let blank = String(repeating: " ", count: labelWidth)
    // A long name begins under the labels of the other axis.
    let name = names.x
    let indent = max(0, min(labelWidth + 2 + (columns - TextWidth.of(name)) / 2, width - TextWidth.of(name)))
    return [blank + " \u{2514}" + ruler.joined(), labels.lines[0]]
      + (name.isEmpty ? [] : [String(repeating: " ", count: indent) + name])
  }

  /// As many as stand beside each other; names are shortened to the room they have.
  private func ticks(_ columns: Int) -> [Tick] {
    if let names = panel.xAxis.categories {
      let room = max(1, columns / max(names.count, 1) - 1)
      let labels = Shortening.labels(names, columns: max(room, 1))
      let stride = columns < names.count * 2 ? (2 * names.count + columns - 1) / max(columns, 1) : 1
      return Swift.stride(from: 0, to: names.count, by: stride).map {
        Tick(value: Double($0), text: labels[$0].isEmpty ? "?" : labels[$0])
      }
    }
    for count in stride(from: max(2, columns / 9), through: 2, by: -1) {
      let ticks = Ticks.along(panel.xAxis, panel.x, count: count)
      if fits(ticks, columns) { return ticks }
    }
    return apart(Ticks.along(panel.xAxis, panel.x, count: 1), columns)
  }

  private func fits(_ ticks: [Tick], _ columns: Int) -> Bool { apart(ticks, columns).count == ticks.count }

  /// The ticks whose labels do not touch the ones before them.
  private func apart(_ ticks: [Tick], _ columns: Int) -> [Tick] {
    var end = -width
    return ticks.sorted { panel.x.share($0.value) < panel.x.share($1.value) }.filter { tick in
      if tick.isMinor { return true }
      let start = Int(panel.x.share(tick.value) * Double(columns)) - (tick.text.count - 1) / 2
      if start < end + 2 { return false }
      end = start + tick.text.count - 1
      return true
    }
  }

  /// Names over the rails of parallel coordinates, two lines so that neighbours do not touch.
  private func railNames(_ painter: TextPainter) -> [String] {
    let rails = panel.layers.compactMap { layer -> Rail? in if case .rail(let rail) = layer.form { rail } else { nil } }
    guard !rails.isEmpty else { return [] }
    var canvas = TextCanvas(columns: painter.canvas.columns, rows: 2)
    let names = Shortening.labels(
      rails.map(\.name), columns: max(4, 2 * painter.canvas.columns / (rails.count + 1) - 1))
    for (index, rail) in rails.enumerated() {
      let name = names[index]
      let start = painter.column(rail.x) - TextWidth.of(name) / 2
      canvas.put(name, column: min(max(start, 0), canvas.columns - TextWidth.of(name)), row: index % 2)
    }
    return canvas.lines
  }
}
