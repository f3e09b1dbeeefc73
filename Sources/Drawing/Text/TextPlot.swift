/// Draws a scene in characters: at most 80 columns, no colour.
struct TextPlot {
  static let width = 80
  /// Panels shown; of more the rest is counted.
  private static let limit = 12

  let plot: Plot
  let scene: Scene

  init(_ plot: Plot, _ scene: Scene) {
    self.plot = plot
    self.scene = scene
  }

  func draw() -> String {
    var lines = [plot.title, plot.subtitle ?? ""].filter { !$0.isEmpty }.map { line in
      Shortening.squeezed(TextWidth.singleLine(line)) { TextWidth.of($0) <= Self.width }
    }
    lines += legend
    lines.append("")
    let shown = Array(scene.panels.prefix(Self.limit))
    let isPaired = shown.count > 1
    let room = isPaired ? Self.width / 2 - 1 : Self.width
    let fits = { (name: String) in TextWidth.of(name) <= room - TextPanel.leastMargin }
    let names = scene.names(title: fits, x: fits, y: fits)
    for start in stride(from: 0, to: shown.count, by: isPaired ? 2 : 1) {
      let blocks = (start..<min(start + (isPaired ? 2 : 1), shown.count)).map {
        TextPanel(shown[$0], names[$0], width: room, isSmall: isPaired, hasScale: plot.colorScale != nil).lines
      }
      if start > 0 { lines.append("") }
      lines += Self.beside(blocks, room)
    }
    if scene.panels.count > shown.count {
      lines.append("\(scene.panels.count - shown.count) more panels in the picture")
    }
    lines += Description.notes(scene, marks: plot.marks).map { "(\($0))" }
    return lines.map { TextWidth.cut($0.trimmedRight, to: Self.width).trimmedRight }.joined(separator: "\n")
  }

  private static func beside(_ blocks: [[String]], _ room: Int) -> [String] {
    let height = blocks.map(\.count).max() ?? 0
    return (0..<height).map { line in
      blocks.map { TextWidth.pad(line < $0.count ? $0[line] : "", to: room) }.joined(separator: "  ")
    }
  }

  /// Series with their marks, and what digits or shades stand for.
  private var legend: [String] {
    var lines: [String] = []
    var line = ""
    let entries = Legend(scene).entries
    let names = Shortening.labels(entries.map(\.name), columns: 40)
    for (entry, name) in zip(entries, names).prefix(12) {
      let words = entry.sample + " " + name
      if !line.isEmpty, TextWidth.of(line) + 3 + TextWidth.of(words) > Self.width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : "   ") + words
    }
    if !line.isEmpty { lines.append(line) }
    if entries.count > 12 { lines.append("and \(entries.count - 12) more") }
    if let scale = scaleInWords { lines.append(scale) }
    return lines
  }

  private var scaleInWords: String? {
    guard let scale = plot.colorScale else { return nil }
    let low = AxisText.value(scale.range.lowerBound, scale.format)
    let high = AxisText.value(scale.range.upperBound, scale.format)
    let layers = scene.panels.flatMap(\.layers)
    if layers.contains(where: \.hasShares) { return "0 to 9: \(scale.name) from \(low) to \(high)" }
    let isShaded = layers.contains { layer in
      switch layer.form {
      case .levels: true
      case .cells(let cells): cells.labels == nil
      default: false
      }
    }
    return isShaded ? "\u{2591} to \u{2588}: \(scale.name) from \(low) to \(high)" : nil
  }
}

extension Legend.Entry {
  /// How the entry looks in characters.
  fileprivate var sample: String {
    let line =
      switch ink.dash {
      case .solid: "\u{2500}\u{2500}"
      case .dashed, .long: "- "
      case .dotted: "\u{B7}\u{B7}"
      case .dashDotted: "-\u{B7}"
      }
    switch form {
    case .path: return line + (ink.mark.map { String($0.rawValue) } ?? "") + line.trimmedRight
    case .points, .boxes, .labels: return ink.mark.map { String($0.rawValue) } ?? "o"
    case .vertical: return "\u{250A}"
    case .horizontal: return "\u{2508}\u{2508}"
    case .cells, .levels, .rail, .strands: return "\u{2588}"
    }
  }
}

extension Scene.Layer {
  fileprivate var hasShares: Bool {
    if case .points(_, _, let shares) = form { shares != nil } else { false }
  }
}
