/// What is written at a panel: its title and the names of its axes, as long as there is room.
struct PanelNames {
  var title: String?
  var x: String
  var y: String
}

extension Scene {
  /// The names of each panel, those of different panels different. O(n log n) for n panels.
  func names(title: (String) -> Bool, x: (String) -> Bool, y: (String) -> Bool) -> [PanelNames] {
    let titles = Shortening.names(panels.map { $0.title ?? "" }, fits: title)
    let xNames = Shortening.names(panels.map(\.xAxis.label), fits: x)
    let yNames = Shortening.names(panels.map(\.yAxis.label), fits: y)
    return panels.indices.map { index in
      PanelNames(title: panels[index].title == nil ? nil : titles[index], x: xNames[index], y: yNames[index])
    }
  }
}
