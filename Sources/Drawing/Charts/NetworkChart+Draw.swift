extension NetworkChart {
  /// Neurons drawn of a layer; of a wider one the first and the last, with dots between.
  private static let neurons = 9
  /// Layers drawn side by side; of more the first and the last.
  private static let limit = 12

  package func draw() -> Picture {
    let title = "Network"
    guard !layers.isEmpty else { return .empty(title: title, message: "nothing to draw: there is no network") }
    let shown = columns
    let spacing = max(72, min(140, 612 / Double(shown.count)))
    let width = max(360, spacing * Double(shown.count) + 28)
    let height =
      290 + 14
      * Double(shown.map { $0.map { $0.detail.split(separator: ",").count } ?? 0 }.max().map { min($0, 3) + 1 } ?? 1)
    let words = description
    var svg = SVG(width: Int(width.rounded(.up)), height: Int(height), title: title, description: words)
    svg.label(title, x: 14, y: 27, size: 14, isBold: true)
    svg.label(
      "\(Number.count(total)) parameters in \(Swift.max(0, layers.count - 1)) layers", x: 14, y: 46, size: 12,
      color: .quiet)
    let first = (width - spacing * Double(shown.count - 1)) / 2
    let places = shown.enumerated().map { index, layer in
      neurons(of: layer, x: first + Double(index) * spacing)
    }
    for (left, right) in zip(places, places.dropFirst()) { links(left, right, &svg) }
    for (index, layer) in shown.enumerated() { draw(layer, places[index], spacing, isInput: index == 0, &svg) }
    return Picture(
      svg: svg.finished(), text: text, title: title, description: words, width: Int(width.rounded(.up)),
      height: Int(height))
  }

  private var total: Int { layers.reduce(0) { $0 + $1.parameters } }

  private var description: String {
    let names = layers.prefix(12).map {
      Description.short($0.name) + " \($0.width)" + ($0.detail.isEmpty ? "" : " (\(Description.short($0.detail)))")
    }
    let more = layers.count > 12 ? " and \(layers.count - 12) more" : ""
    return "Layers and their widths: " + names.joined(separator: ", ") + more + ". \(Number.count(total)) parameters."
  }

  /// nil stands for layers left out.
  private var columns: [Layer?] {
    guard layers.count > Self.limit else { return layers }
    var columns: [Layer?] = Array(layers.prefix(Self.limit - 3))
    columns.append(nil)
    return columns + layers.suffix(2)
  }

  /// Heights of the neurons drawn; nil where dots stand for more.
  private func neurons(of layer: Layer?, x: Double) -> (x: Double, y: [Double?]) {
    guard let layer else { return (x, [nil]) }
    let count = min(layer.width, Self.neurons)
    let isCut = layer.width > Self.neurons
    let top = 160 - Double(count - 1) * 11
    return (x, (0..<max(count, 0)).map { isCut && $0 == Self.neurons / 2 ? nil : top + Double($0) * 22 })
  }

  private func links(_ left: (x: Double, y: [Double?]), _ right: (x: Double, y: [Double?]), _ svg: inout SVG) {
    svg.raw("<path d=\"")
    for start in left.y.compactMap({ $0 }) {
      for end in right.y.compactMap({ $0 }) {
        svg.raw("M")
        svg.pair(left.x, start)
        svg.raw("L")
        svg.pair(right.x, end)
      }
    }
    svg.raw("\"")
    svg.stroke(.grey, width: 0.5, dash: .solid, opacity: 0.55)
    svg.raw("/>\n")
  }

  private func draw(
    _ layer: Layer?, _ place: (x: Double, y: [Double?]), _ spacing: Double, isInput: Bool, _ svg: inout SVG
  ) {
    guard let layer else {
      svg.label("\(layers.count - Self.limit + 1) more", x: place.x, y: 164, color: .quiet, anchor: .middle)
      return
    }
    let color: Color = isInput ? .grey : (layer.name == layers.last?.name ? .vermillion : .blue)
    svg.raw("<path d=\"")
    for y in place.y.compactMap({ $0 }) {
      svg.raw("M")
      svg.pair(place.x - 8, y)
      svg.raw("a8 8 0 1 0 16 0a8 8 0 1 0-16 0")
    }
    svg.raw("\" fill=\"\(color.hex)\" stroke=\"#ffffff\" stroke-width=\"1.5\"/>\n")
    if place.y.contains(where: { $0 == nil }) {
      svg.raw("<path d=\"")
      for offset in [-5.0, 0, 5] {
        svg.raw("M")
        svg.pair(place.x, 160 + offset)
        svg.raw("h0")
      }
      svg.raw("\" stroke=\"\(Color.text.hex)\" stroke-width=\"2.6\" stroke-linecap=\"round\"/>\n")
    }
    let lines = [layer.name, Number.count(layer.width)] + layer.detail.split(separator: ",").map { $0.trimmed }
    for (index, line) in lines.prefix(5).enumerated() {
      svg.label(
        Helvetica.cut(line, to: spacing - 4), x: place.x, y: 276 + Double(index) * 14,
        color: index < 2 ? .text : .quiet,
        anchor: .middle, isBold: index == 0)
    }
  }

  /// A row a layer, with a bar as long as it is wide.
  private var text: String {
    let widest = max(layers.map(\.width).max() ?? 1, 1)
    let room = 20
    let rows = layers.map { layer -> [String] in
      let length = layer.width == 0 ? 0 : max(1, layer.width * room / widest)
      return [
        layer.name, Number.count(layer.width), String(repeating: "#", count: length), layer.detail,
        layer.parameters == 0 ? "" : Number.count(layer.parameters),
      ]
    }
    let table = Table(
      columns: [.init("layer", .left), .init("width"), .init("", .left), .init("then", .left), .init("parameters")],
      rows: rows)
    return "Network, \(Number.count(total)) parameters\n\n" + table.text(width: 80, maxRows: 30)
  }
}

extension Substring {
  fileprivate var trimmed: String {
    var kept = self
    while kept.first == " " { kept.removeFirst() }
    while kept.last == " " { kept.removeLast() }
    return String(kept)
  }
}
