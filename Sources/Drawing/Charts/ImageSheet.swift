/// Sample images side by side with their labels: one embedded PNG.
struct ImageSheet {
  let title: String
  let samples: [DataChart.Sample]
  let width: Int
  let height: Int
  /// Pixels of the picture that the longer side of an image takes at least.
  private let tile: Int
  /// What values mean; nil: grey, black at 0.
  private let ramp: ColorScale.Ramp?
  private let empty: String
  /// What goes under the title, for the number of images that are shown.
  private let subtitle: ((Int) -> String)?

  /// So many pixels that the PNG, as base64, leaves the picture below 60 kB.
  private static let pixelLimit = 36_000
  private static let gap = 3
  private static let label = 15.0

  init(
    title: String, samples: [DataChart.Sample], width: Int, height: Int, tile: Int = 56, ramp: ColorScale.Ramp? = nil,
    empty: String = "nothing to draw: the data have no images", subtitle: ((Int) -> String)? = nil
  ) {
    self.title = Shortening.bounded(title, to: 200)
    (self.tile, self.ramp, self.empty, self.subtitle) = (tile, ramp, empty, subtitle)
    let isWhole = width > 0 && height > 0
    let whole = isWhole ? samples.filter { $0.pixels.count == width * height } : []
    // Larger images are halved until a dozen of them fits.
    var (w, h, shown) = (width, height, whole)
    while w > 1, h > 1, w * h > Self.pixelLimit / 12 || max(w, h) > 64 {
      shown = shown.map { Self.halved($0, w, h) }
      (w, h) = (w / 2, h / 2)
    }
    (self.width, self.height, self.samples) = (w, h, shown)
  }

  private static func halved(_ sample: DataChart.Sample, _ width: Int, _ height: Int) -> DataChart.Sample {
    var pixels: [Float] = []
    for y in 0..<(height / 2) {
      for x in 0..<(width / 2) {
        let at = 2 * y * width + 2 * x
        pixels.append(
          (sample.pixels[at] + sample.pixels[at + 1] + sample.pixels[at + width] + sample.pixels[at + width + 1]) / 4)
      }
    }
    return DataChart.Sample(pixels: pixels, label: sample.label, note: sample.note)
  }

  func draw() -> Picture {
    guard !samples.isEmpty else {
      return .empty(title: title, message: empty)
    }
    let scale = max(1, tile / max(width, height))
    let (tileWidth, tileHeight) = (Double(width * scale), Double(height * scale))
    let columns = max(
      1, min(samples.count, Int((612 + Double(Self.gap * scale)) / (tileWidth + Double(Self.gap * scale)))))
    // Blank rows of the PNG make room for the labels under each row of images.
    let lines = samples.contains { !$0.note.isEmpty } ? 2.0 : 1
    let between = Int((Self.label * lines / Double(scale)).rounded(.up)) + 1
    let limit = max(1, Self.pixelLimit / (columns * (width + Self.gap) * (height + between)))
    let shown = Array(samples.prefix(min(limit, 4) * columns))
    let rows = (shown.count + columns - 1) / columns
    let sheet = Sheet(width: columns * (width + Self.gap) - Self.gap, height: rows * (height + between))
    let pixels = paint(shown, columns, between, sheet)
    let top = subtitle == nil ? 40.0 : 58
    let size = (
      width: max(subtitle == nil ? 320 : 640, sheet.width * scale + 28), height: sheet.height * scale + Int(top) + 10
    )
    let words =
      (subtitle.map { $0(shown.count) + ". " } ?? "")
      + "\(shown.count) images of \(width) x \(height) pixels with their labels"
    var svg = SVG(width: size.width, height: size.height, title: title, description: words + ".")
    svg.label(
      Helvetica.cut(title, to: Double(size.width) - 28, size: 14, isBold: true), x: 14, y: 27, size: 14, isBold: true)
    if let subtitle {
      let room = Double(size.width) - 28
      svg.label(Helvetica.cut(subtitle(shown.count), to: room, size: 12), x: 14, y: 45, size: 12, color: .quiet)
    }
    svg.image(
      png(pixels, sheet), x: 14, y: top, width: Double(sheet.width * scale), height: Double(sheet.height * scale))
    for (index, sample) in shown.enumerated() {
      let x = 14 + Double(index % columns) * (tileWidth + Double(Self.gap * scale)) + tileWidth / 2
      let y = top + Double((index / columns) * (height + between) * scale) + tileHeight + 12
      svg.label(Helvetica.cut(sample.label, to: tileWidth + 4, size: 11), x: x, y: y, anchor: .middle)
      svg.label(
        Helvetica.cut(sample.note, to: tileWidth + 4, size: 11), x: x, y: y + Self.label, color: .quiet, anchor: .middle
      )
    }
    return Picture(
      svg: svg.finished(), text: text(shown), title: title, description: words + ".", width: size.width,
      height: size.height)
  }

  private struct Sheet {
    var width: Int
    var height: Int
  }

  private func paint(_ shown: [DataChart.Sample], _ columns: Int, _ between: Int, _ sheet: Sheet) -> [UInt8] {
    var pixels = Array(repeating: paper, count: sheet.width * sheet.height)
    for (index, sample) in shown.enumerated() {
      let left = index % columns * (width + Self.gap)
      let top = index / columns * (height + between)
      for y in 0..<height {
        for x in 0..<width {
          pixels[(top + y) * sheet.width + left + x] = value(sample.pixels[y * width + x])
        }
      }
    }
    return pixels
  }

  /// A place between 0 and 1 as a byte; with a ramp one less, whose place is the paper's.
  private func value(_ value: Float) -> UInt8 {
    let steps: Float = ramp == nil ? 255 : 254
    return value.isFinite ? UInt8((min(max(value, 0), 1) * steps).rounded()) : ramp == nil ? 0 : 127
  }

  private var paper: UInt8 { 255 }

  private func png(_ pixels: [UInt8], _ sheet: Sheet) -> [UInt8] {
    guard let ramp else { return PNG.grey(pixels, width: sheet.width, height: sheet.height) }
    let scale = ColorScale("", range: 0...254, ramp: ramp)
    let palette = (0...254).map { scale.color(at: Double($0) / 254) } + [.white]
    return PNG.indexed(pixels, palette: palette, width: sheet.width, height: sheet.height)
  }

  /// The first images in characters, six side by side.
  private func text(_ shown: [DataChart.Sample]) -> String {
    let columns = 12
    let lines = max(1, columns * height / max(width, 1) / 2)
    var text = [TextWidth.cut(TextWidth.singleLine(title), to: 80)]
    if let subtitle { text.append(TextWidth.cut(TextWidth.singleLine("  " + subtitle(shown.count)), to: 80)) }
    for start in stride(from: 0, to: min(shown.count, 12), by: 6) {
      let row = shown[start..<min(start + 6, shown.count)]
      for line in 0..<lines {
        text.append(row.map { characters($0, line, lines, columns) }.joined(separator: " "))
      }
      for words in [row.map(\.label), row.map(\.note)] where words.contains(where: { !$0.isEmpty }) {
        text.append(
          words.map { TextWidth.pad(TextWidth.cut(TextWidth.singleLine($0), to: columns), to: columns) }
            .joined(separator: " "))
      }
    }
    return text.map(\.trimmedRight).joined(separator: "\n")
  }

  private func characters(_ sample: DataChart.Sample, _ line: Int, _ lines: Int, _ columns: Int) -> String {
    String(
      (0..<columns).map { column -> Character in
        let rows = (line * height / lines)..<max((line + 1) * height / lines, line * height / lines + 1)
        let across = (column * width / columns)..<max((column + 1) * width / columns, column * width / columns + 1)
        var sum: Float = 0
        for y in rows { for x in across { sum += sample.pixels[y * width + x] } }
        return Shade.character(Double(sum) / Double(rows.count * across.count))
      })
  }
}

extension SVG {
  mutating func image(_ png: [UInt8], x: Double, y: Double, width: Double, height: Double) {
    raw("<image xmlns:xlink=\"http://www.w3.org/1999/xlink\"")
    attribute("x", x)
    attribute("y", y)
    attribute("width", width)
    attribute("height", height)
    raw(" image-rendering=\"pixelated\" xlink:href=\"data:image/png;base64,\(Base64.encode(png))\"/>\n")
  }
}
