/// What the legend says: one entry a named layer, in painting order, laid out in rows above the frames where no data are.
struct Legend {
  struct Entry {
    /// As it is shown; `series` is the whole name.
    var name: String
    var series: String
    var ink: Ink
    var form: Scene.Form

    /// Pixels that the sample takes.
    var swatch: Double {
      switch form {
      case .path(_, _, let isClosed): isClosed ? 14 : 26
      case .vertical, .horizontal, .strands, .rail, .labels: 26
      case .points, .boxes, .cells, .levels: 14
      }
    }
  }

  /// Entries of a row with their left ends in pixels.
  struct Row {
    var entries: [(entry: Entry, x: Double)]
  }

  static let rowHeight = 17.0

  let entries: [Entry]

  init(_ scene: Scene) {
    var entries: [Entry] = []
    var names: Set<String> = []
    for layer in scene.panels.flatMap(\.layers) {
      guard let name = layer.name, !name.isEmpty, names.insert(name).inserted else { continue }
      entries.append(Entry(name: name, series: name, ink: layer.ink, form: layer.form))
    }
    self.entries = entries
  }

  /// Rows that fit in `width` pixels; after `limit` rows a last entry counts those left out.
  func rows(width: Double, limit: Int = 4) -> (rows: [Row], left: Int) {
    var rows: [Row] = []
    var x = 0.0
    let names = Shortening.labels(entries.map(\.name)) { Helvetica.width($0) <= min(220, width - 31) }
    for (index, entry) in entries.enumerated() {
      let name = names[index]
      let needed = entry.swatch + 5 + Helvetica.width(name)
      // The last row keeps room for the count of what is left out.
      let room = rows.count == limit && index < entries.count - 1 ? width - 76 : width
      if rows.isEmpty || x + needed > room {
        if rows.count == limit { return (rows, entries.count - index) }
        rows.append(Row(entries: []))
        x = 0
      }
      rows[rows.count - 1].entries.append(
        (Entry(name: name, series: entry.series, ink: entry.ink, form: entry.form), x))
      x += needed + 18
    }
    return (rows, 0)
  }
}
