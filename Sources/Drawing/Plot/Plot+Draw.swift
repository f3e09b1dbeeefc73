extension Plot {
  /// The most bytes an SVG may have; a notebook holds dozens of them.
  static let byteLimit = 58_000

  /// Lays the plot out and draws it as SVG and as text. Equal plots give equal bytes; O(points).
  package func draw() -> Picture {
    PlotStyle.current.applied(to: self).drawn()
  }

  private func drawn() -> Picture {
    let title = title.isEmpty ? "Untitled" : Shortening.bounded(title, to: 200)
    var budget = 3000
    while true {
      let scene = Scene(self, budget: budget)
      if scene.isEmpty { return .empty(title: title, message: emptyMessage, width: width) }
      let description = Description.of(self, scene)
      let noted = withNote(of: scene)
      let svg = SVGPlot(noted, scene).draw(description: description)
      if svg.bytes.count > Self.byteLimit, budget > 100 {
        budget /= 2
        continue
      }
      return Picture(
        svg: svg.finished(), text: TextPlot(self, scene).draw(), title: title, description: description,
        width: svg.width, height: svg.height, source: LiveSource(noted, scene))
    }
  }

  /// What lies beyond the axes is said in the picture too, not in its description alone.
  private func withNote(of scene: Scene) -> Plot {
    guard scene.outside > 0 else { return self }
    var plot = self
    let note =
      "\(Number.count(scene.outside)) \(marks)\(scene.outside == 1 ? "" : "s") beyond the axes, marked at the edge"
    plot.subtitle = [subtitle, note].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "; ")
    return plot
  }
}
