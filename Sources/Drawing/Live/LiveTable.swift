/// Axes and points of a plot as JSON, for its script.
struct LiveTable {
  private let plot: Plot
  private let scene: Scene
  private let frames: [Frame]
  private let width: Int
  private let groups: [SVG.Group]
  /// Points of a layer that say what they are, and of all layers where there are several panels.
  private static let mostPoints = 1000
  private static let mostInPanels = 800

  init(_ plot: Plot, _ scene: Scene, frames: [Frame], width: Int, groups: [SVG.Group]) {
    (self.plot, self.scene, self.frames, self.width) = (plot, scene, frames, width)
    self.groups = groups
  }

  /// `{"w": width, "g": [[kind, name, first element, end, panel]], "t": [cells], "p": [panel]}`; the cells of a point are parted by
  /// tabs and stand in `t` once. A panel is `{"a": [left, top, width, height], "x": axis, "y": axis, "s": [{"n": name, "c": [column],
  /// "r": [[x, y, place in t]]}]}`; its axes are null where it cannot be zoomed.
  var json: String {
    var texts = Texts()
    let panels = scene.panels.indices.map { panel($0, &texts) }
    let parts = zip(groups, panelsOfGroups).map { group, panel in
      "[\(Self.text(group.kind)),\(Self.text(group.name)),\(group.elements.lowerBound),\(group.elements.upperBound),\(panel)]"
    }
    return "{\"w\":\(width),\"g\":[\(parts.joined(separator: ","))],"
      + "\"t\":[\(texts.all.map(Self.text).joined(separator: ","))],\"p\":[\(panels.joined(separator: ","))]}"
  }

  /// Texts that are written once and named by their place.
  private struct Texts {
    private(set) var all: [String] = []
    private var places: [String: Int] = [:]

    mutating func place(of text: String) -> Int {
      if let place = places[text] { return place }
      places[text] = all.count
      all.append(text)
      return all.count - 1
    }
  }

  /// The panel that each group belongs to, by where it stands: a panel's labels are the last of it. The legend's is none (-1).
  private var panelsOfGroups: [Int] {
    var panel = 0
    return groups.map { group in
      if group.kind == "legend" { return -1 }
      defer { if group.kind == "labels" { panel += 1 } }
      return panel
    }
  }

  private func panel(_ index: Int, _ texts: inout Texts) -> String {
    let (panel, frame) = (scene.panels[index], frames[index])
    let area = [frame.left, frame.top, frame.width, frame.height].map(Self.number).joined(separator: ",")
    let axes = panel.isZoomed ? (axis(panel.xAxis, panel.x), axis(panel.yAxis, panel.y)) : ("null", "null")
    let series = plot.panels[index].layers.compactMap { self.series($0, index, &texts) }
    return "{\"a\":[\(area)],\"x\":\(axes.0),\"y\":\(axes.1),\"s\":[\(series.joined(separator: ","))]}"
  }

  private func axis(_ axis: Axis, _ map: AxisMap) -> String {
    let kind = axis.scale == .log ? "log" : axis.format == .percent ? "percent" : axis.format == .whole ? "whole" : ""
    return "[\(Self.exact(map.value(at: 0))),\(Self.exact(map.value(at: 1))),\"\(kind)\"]"
  }

  /// nil for a layer without points that can be told.
  private func series(_ layer: Layer, _ index: Int, _ texts: inout Texts) -> String? {
    guard layer.isTold || scene.panels[index].isZoomed, let points = layer.shape.told else { return nil }
    let (panel, frame) = (scene.panels[index], frames[index])
    let columns = layer.table?.columns ?? [panel.xAxis.name, panel.yAxis.name]
    func cells(_ point: Layer.ToldPoint) -> [String]? {
      guard let table = layer.table else {
        return [
          AxisText.value(point.x, panel.xAxis.format, digits: 5),
          AxisText.value(point.y, panel.yAxis.format, digits: 5),
        ]
      }
      return table.rows.indices.contains(point.row) ? table.rows[point.row] : nil
    }
    let rows = thinned(points.filter { cells($0) != nil }).compactMap { point -> String? in
      let (u, v) = (panel.x.share(point.x), panel.y.share(point.y))
      guard u.isFinite, v.isFinite, let cells = cells(point) else { return nil }
      return
        "[\(Self.number(frame.x(u))),\(Self.number(frame.y(v))),\(texts.place(of: cells.joined(separator: "\t")))]"
    }
    return "{\"n\":\(Self.text(layer.name ?? "")),\"c\":[\(columns.map(Self.text).joined(separator: ","))],"
      + "\"r\":[\(rows.joined(separator: ","))]}"
  }

  /// Of very many points as many as a page is to hold.
  private func thinned(_ points: [Layer.ToldPoint]) -> [Layer.ToldPoint] {
    let panels = scene.panels.count
    let most = panels == 1 ? Self.mostPoints : max(20, Self.mostInPanels / panels)
    return points.count <= most ? points : (0..<most).map { points[$0 * points.count / most] }
  }

  private static func number(_ value: Double) -> String { Number.fixed(value, decimals: 1) }

  private static func exact(_ value: Double) -> String { value.isFinite ? "\(value)" : "0" }

  /// A JSON string that can stand in a script of HTML: ASCII, and nothing that ends the script.
  static func text(_ value: String) -> String {
    var result = "\""
    for unit in Shortening.bounded(value, to: 400).utf16 {
      switch unit {
      case 0x09: result += "\\t"
      case 0x22: result += "\\\""
      case 0x5C: result += "\\\\"
      case 0x20...0x7E where unit != 0x3C && unit != 0x3E && unit != 0x26:
        result.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
      default:
        let hex = String(unit, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      }
    }
    return result + "\""
  }
}

extension Layer {
  /// A point with the row of the layer's table that says what it is.
  struct ToldPoint {
    var x: Double
    var y: Double
    var row: Int
  }

  /// Whether its points say what they are.
  var isTold: Bool { table != nil && shape.told != nil }
}

extension Layer.Shape {
  /// The points of a layer that have a place each; of lines through many places one for each place.
  fileprivate var told: [Layer.ToldPoint]? {
    switch self {
    case .line(let x, let y), .steps(let x, let y), .points(let x, let y, _):
      zip(x, y).enumerated().map { Layer.ToldPoint(x: $1.0, y: $1.1, row: $0) }
    case .strands(let x, let lines, _):
      lines.enumerated().flatMap { row, line in zip(x, line).map { Layer.ToldPoint(x: $0, y: $1, row: row) } }
    default: nil
    }
  }
}
