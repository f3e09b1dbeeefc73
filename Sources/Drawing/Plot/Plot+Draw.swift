extension Plot {
  /// The most bytes an SVG may have; a notebook holds dozens of them.
  static let byteLimit = 58_000

  /// Lays the plot out and draws it as SVG and as text. Equal plots give equal bytes; O(points).
  package func draw() -> Picture {
    let title = title.isEmpty ? "Untitled" : title
    var budget = 3000
    while true {
      let scene = Scene(self, budget: budget)
      if scene.isEmpty { return .empty(title: title, message: emptyMessage, width: width) }
      let description = Description.of(self, scene)
      let svg = SVGPlot(self, scene).draw(description: description)
      if svg.bytes.count > Self.byteLimit, budget > 100 {
        budget /= 2
        continue
      }
      return Picture(
        svg: svg.finished(), text: TextPlot(self, scene).draw(), title: title, description: description,
        width: svg.width, height: svg.height)
    }
  }
}
