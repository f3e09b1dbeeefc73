extension DataChart {
  /// A histogram of numbers, or a bar for each text; a colour for each class, the bars of the classes side by side.
  func plot(_ column: Column) -> Plot {
    column.codes.isEmpty ? histogram(column) : bars(column)
  }

  /// At most 30 bins of one width; the square root of the rows is enough for few.
  private func histogram(_ column: Column) -> Plot {
    let present = column.numbers.filter(\.isFinite)
    guard let low = present.min(), let high = present.max() else { return plot(column, panel: nil, shown: 0) }
    let count = low == high ? 1 : max(5, min(30, Int(Double(present.count).squareRoot().rounded(.up))))
    let width = low == high ? 1 : (high - low) / Double(count)
    let start = low == high ? low - 0.5 : low
    var layers: [Layer] = []
    let groups = self.groups(column)
    for (place, group) in groups.enumerated() {
      var counts = [Int](repeating: 0, count: count)
      for row in group.rows where column.numbers[row].isFinite {
        counts[max(0, min(count - 1, Int((column.numbers[row] - start) / width)))] += 1
      }
      let share = 0.92 / Double(groups.count)
      let bars = counts.indices.map { bin in
        Bar(
          at: start + width * (Double(bin) + 0.04 + share * (Double(place) + 0.5)), to: Double(counts[bin]),
          thickness: width * share)
      }
      layers.append(Layer(group.name, .bars(bars), ink: group.name == nil ? Ink(.blue) : .series(place)))
    }
    return plot(
      column,
      panel: Panel(x: Axis(column.name, format: column.isDates ? .date : .number), y: Axis("rows"), layers: layers),
      shown: present.count)
  }

  /// The commonest texts first, at most 20.
  private func bars(_ column: Column) -> Plot {
    var counts = [Int](repeating: 0, count: column.texts.count)
    for code in column.codes where code >= 0 { counts[code] += 1 }
    let used = counts.indices.filter { counts[$0] > 0 }.sorted { (counts[$1], $0) < (counts[$0], $1) }
    let most = used.prefix(20)
    guard !most.isEmpty else { return plot(column, panel: nil, shown: 0) }
    let places = Dictionary(uniqueKeysWithValues: most.enumerated().map { ($1, $0) })
    let groups = self.groups(column)
    var layers: [Layer] = []
    for (index, group) in groups.enumerated() {
      var parts = [Int](repeating: 0, count: most.count)
      for row in group.rows {
        if column.codes[row] >= 0, let place = places[column.codes[row]] { parts[place] += 1 }
      }
      let share = 0.8 / Double(groups.count)
      let bars = parts.indices.map { place in
        Bar(
          at: Double(place) - 0.4 + share * (Double(index) + 0.5), to: Double(parts[place]), thickness: share,
          isHorizontal: true)
      }
      layers.append(Layer(group.name, .bars(bars), ink: group.name == nil ? Ink(.blue) : .series(index)))
    }
    let panel = Panel(
      x: Axis("rows"), y: Axis(column.name, scale: .categories(most.map { column.texts[$0] }), isReversed: true),
      layers: layers)
    let texts = counts.count { $0 > 0 }
    return plot(
      column, panel: panel, shown: column.codes.count { $0 >= 0 },
      rest: texts > most.count ? ", the \(most.count) most frequent of \(Number.count(texts)) texts" : "")
  }

  private func plot(_ column: Column, panel: Panel?, shown: Int, rest: String = "") -> Plot {
    let missing = max(column.numbers.count, column.codes.count) - shown
    return Plot(
      title: "\(column.name) of \(dataset)",
      subtitle: "\(Number.count(shown)) rows" + (missing > 0 ? ", \(Number.count(missing)) missing" : "") + rest,
      panels: panel.map { [$0] } ?? [], emptyMessage: "nothing to draw: the column has no values", height: 340)
  }

  private func groups(_ column: Column) -> [(name: String?, rows: [Int])] {
    let count = max(column.numbers.count, column.codes.count)
    guard column.classes.count == count, !column.classNames.isEmpty else { return [(nil, Array(0..<count))] }
    return column.classNames.indices.map { index in
      (column.classNames[index], (0..<count).filter { column.classes[$0] == index })
    }
  }
}
