/// Panels in rows and columns: frames of a row are equally wide and start at one height.
struct PanelGrid {
  private let scene: Scene
  private let columns: Int
  private let sides: [PanelSides]
  /// Room at the left of each column for the axes of its panels.
  private let lefts: [Double]
  private let frameWidth: Double
  private static let between = 16.0

  init(_ plot: Plot, _ scene: Scene, width: Double) {
    self.scene = scene
    let count = scene.panels.count
    let columns = min(max(plot.columns ?? Self.columns(count), 1), max(count, 1))
    let sides = scene.panels.enumerated().map { index, panel in
      PanelSides(panel, plot, hasLabels: !scene.sharesY || index % columns == 0, count: count, columns: columns)
    }
    lefts = (0..<columns).map { column in
      stride(from: column, to: count, by: columns).map { sides[$0].left }.max() ?? 0
    }
    let room = width - lefts.reduce(0, +) - 10 - Self.between * Double(columns - 1)
    frameWidth = max(24, room / Double(columns))
    (self.columns, self.sides) = (columns, sides)
  }

  /// Where each panel stands, and where the last row ends.
  func places(left: Double, top: Double) -> (places: [SVGLayout.Place], bottom: Double) {
    var places: [SVGLayout.Place] = []
    var y = top
    for start in stride(from: 0, to: sides.count, by: columns) {
      if start > 0 { y += 10 }
      let row = start..<min(start + columns, sides.count)
      y += row.contains { scene.panels[$0].title != nil } ? 18 : 0
      y += row.map { sides[$0].above }.max() ?? 0
      var x = left
      var height = 0.0
      for index in row {
        x += lefts[index - start]
        let frame = Frame(left: x, top: y, width: frameWidth, height: sides[index].height)
        let place = sides[index].place(in: frame, showsYName: !scene.sharesY || index == start)
        height = max(height, frame.height + sides[index].below(place))
        places.append(place)
        x += frameWidth + Self.between
      }
      y += height
    }
    return (places, y)
  }

  private static func columns(_ count: Int) -> Int {
    switch count {
    case ...3: count
    case 4: 2
    case 5...6, 9: 3
    case ...16: 4
    default: 5
    }
  }
}
