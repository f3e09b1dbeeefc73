/// What a drawn picture needs to answer to the pointer later; most pictures are never asked.
struct LiveSource: Sendable, Equatable {
  private let plot: Plot
  private let scene: Scene

  /// nil for a plot of which there is nothing to tell: neither points nor a panel that can be zoomed.
  init?(_ plot: Plot, _ scene: Scene) {
    guard
      scene.panels.contains(where: \.isZoomed) || plot.panels.contains(where: { $0.layers.contains(where: \.isTold) })
    else { return nil }
    (self.plot, self.scene) = (plot, scene)
  }

  /// Equal pictures come from equal plots.
  static func == (a: LiveSource, b: LiveSource) -> Bool { true }

  /// The picture as an image that a handler brings to life where scripts may run. O(points).
  func html(alternative: String, description: String) -> String {
    let drawn = SVGPlot(plot, scene)
    let svg = drawn.draw(description: description)
    let table = LiveTable(plot, scene, frames: drawn.layout.places.map(\.frame), width: svg.width, groups: svg.groups)
    // A handler, not a script: a page that takes it out leaves no text behind.
    let handler = Markup.escaped("(\(LiveScript.text))(this,\(table.json))")
    return "<img src=\"data:image/svg+xml;base64,\(Base64.encode(svg.finished().utf8))\" "
      + "alt=\"\(alternative)\" width=\"\(svg.width)\" height=\"\(svg.height)\" onload=\"\(handler)\">"
  }
}

extension Scene.Panel {
  /// Whether a script can zoom: numbers on both axes, and nothing but lines and marks between them.
  var isZoomed: Bool {
    !xAxis.isHidden && !yAxis.isHidden && xAxis.categories == nil && yAxis.categories == nil
      && layers.allSatisfy(\.movesWithPoints)
  }
}

extension Scene.Layer {
  /// Whether the layer is lines and marks: what a script can move point by point.
  fileprivate var movesWithPoints: Bool {
    switch form {
    case .path(_, _, let isClosed): !isClosed
    case .points, .horizontal, .vertical: true
    default: false
    }
  }
}
