extension ConfusionChart {
  package var plot: Plot {
    let size = min(classes.count, counts.count)
    let totals = counts.prefix(size).map { $0.prefix(size).reduce(0, +) }
    let shares = (0..<size).map { row in
      (0..<size).map { column in
        column < counts[row].count && totals[row] > 0 ? Double(counts[row][column]) / Double(totals[row]) : 0
      }
    }
    let labels = (0..<size).map { row in
      (0..<size).map { $0 < counts[row].count ? String(counts[row][$0]) : "0" }
    }
    let names = Array(classes.prefix(size))
    let right = (0..<size).reduce(0) { $0 + ($1 < counts[$1].count ? counts[$1][$1] : 0) }
    let all = totals.reduce(0, +)
    let rows = split.isEmpty ? "rows" : split + " rows"
    return Plot(
      title: "Confusion matrix",
      subtitle: all == 0
        ? nil : "\(Number.percent(Double(right) / Double(all))) of \(Number.count(all)) \(rows) right",
      panels: size == 0 || all == 0
        ? []
        : [
          Panel(
            x: Axis("predicted class", scale: .categories(names)),
            y: Axis("true class", scale: .categories(names), isReversed: true),
            layers: [Layer(nil, .cells(values: shares, labels: labels), ink: Ink(.blue))])
        ],
      colorScale: ColorScale("share of the true class", range: 0...1, ramp: .blues, format: .percent),
      remarks: confusions(names, shares), emptyMessage: "nothing to draw yet: nothing has been evaluated",
      width: 560, height: 400)
  }

  /// The largest mistakes in words.
  private func confusions(_ names: [String], _ shares: [[Double]]) -> [String] {
    var mistakes: [(share: Double, text: String)] = []
    for (row, values) in shares.enumerated() {
      for (column, share) in values.enumerated() where column != row && share > 0 {
        mistakes.append(
          (
            share,
            "\(Number.percent(share)) of \(Description.short(names[row])) taken for \(Description.short(names[column]))"
          ))
      }
    }
    return mistakes.enumerated().sorted { ($1.element.share, $0.offset) < ($0.element.share, $1.offset) }
      .prefix(3).map(\.element.text)
  }
}
