/// Axes and points of a plot as JSON, for its script.
struct LiveTable {
  private let plot: Plot
  private let scene: Scene
  private let frame: Frame
  private let width: Int
  private let groups: [SVG.Group]
  /// Points of a layer that say what they are.
  private static let mostPoints = 1000

  init(_ plot: Plot, _ scene: Scene, frame: Frame, width: Int, groups: [SVG.Group]) {
    (self.plot, self.scene, self.frame, self.width) = (plot, scene, frame, width)
    self.groups = groups
  }

  /// `{"w": width, "g": [[kind, name, first element, end]], "a": [left, top, width, height], "x": axis, "y": axis, "s": [{"n": name, "c": [column], "r": [[x, y, cells]]}]}`;
  /// the cells of a point are parted by tabs.
  var json: String {
    let panel = scene.panels[0]
    let area = [frame.left, frame.top, frame.width, frame.height].map(Self.number).joined(separator: ",")
    let parts = groups.map {
      "[\(Self.text($0.kind)),\(Self.text($0.name)),\($0.elements.lowerBound),\($0.elements.upperBound)]"
    }
    return
      "{\"w\":\(width),\"g\":[\(parts.joined(separator: ","))],\"a\":[\(area)],\"x\":\(axis(panel.xAxis, panel.x)),\"y\":\(axis(panel.yAxis, panel.y)),"
      + "\"s\":[\(plot.panels[0].layers.compactMap(series).joined(separator: ","))]}"
  }

  private func axis(_ axis: Axis, _ map: AxisMap) -> String {
    let kind = axis.scale == .log ? "log" : axis.format == .percent ? "percent" : axis.format == .whole ? "whole" : ""
    return "[\(Self.exact(map.value(at: 0))),\(Self.exact(map.value(at: 1))),\"\(kind)\"]"
  }

  /// nil for a layer without points that can be told.
  private func series(_ layer: Layer) -> String? {
    guard let (x, y) = layer.shape.told else { return nil }
    let panel = scene.panels[0]
    let columns = layer.table?.columns ?? [panel.xAxis.name, panel.yAxis.name]
    func cells(_ index: Int) -> [String]? {
      guard let table = layer.table else {
        return [
          AxisText.value(x[index], panel.xAxis.format, digits: 5),
          AxisText.value(y[index], panel.yAxis.format, digits: 5),
        ]
      }
      return table.rows.indices.contains(index) ? table.rows[index] : nil
    }
    var places = Array(0..<min(x.count, y.count))
    if let table = layer.table { places = places.filter { table.rows.indices.contains($0) && table.rows[$0] != nil } }
    if places.count > Self.mostPoints {
      places = (0..<Self.mostPoints).map { places[$0 * places.count / Self.mostPoints] }
    }
    let rows = places.compactMap { index -> String? in
      let (u, v) = (panel.x.share(x[index]), panel.y.share(y[index]))
      guard u.isFinite, v.isFinite, let cells = cells(index) else { return nil }
      return "[\(Self.number(frame.x(u))),\(Self.number(frame.y(v))),\(Self.text(cells.joined(separator: "\t")))]"
    }
    return "{\"n\":\(Self.text(layer.name ?? "")),\"c\":[\(columns.map(Self.text).joined(separator: ","))],"
      + "\"r\":[\(rows.joined(separator: ","))]}"
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

extension Layer.Shape {
  /// The points of a layer that have a place each.
  fileprivate var told: ([Double], [Double])? {
    switch self {
    case .line(let x, let y), .steps(let x, let y), .points(let x, let y, _): (x, y)
    default: nil
    }
  }
}
