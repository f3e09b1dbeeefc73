/// How much a score falls where a column's values are shuffled.
package struct PermutationChart: Chart {
  package static let name = "permutation"
  package static let help = "how much the score falls when a column's values are shuffled: what the network relies on"

  package struct Column: Sendable {
    package var name: String
    /// The mean fall over the shuffles and its standard deviation.
    package var drop: Double
    package var deviation: Double

    package init(_ name: String, drop: Double, deviation: Double) {
      (self.name, self.drop, self.deviation) = (name, drop, deviation)
    }
  }

  package var judged: Judged
  package var columns: [Column]
  package var metric: String
  /// Of the rows as they are.
  package var score: Double
  package var shuffles: Int
  private static let most = 25

  package init(_ judged: Judged, columns: [Column], metric: String, score: Double, shuffles: Int) {
    (self.judged, self.columns, self.metric) = (judged, columns, metric)
    (self.score, self.shuffles) = (score, shuffles)
  }

  package func draw() -> Picture { plot.draw() }

  package var plot: Plot {
    let known = columns.filter { $0.drop.isFinite }
    let order = known.indices.sorted { (known[$1].drop, $0) < (known[$0].drop, $1) }.map { known[$0] }
    let shown = Array(order.prefix(Self.most))
    let bars = shown.enumerated().map { Bar(at: Double($0), to: $1.drop, isHorizontal: true) }
    var layers = [Layer(nil, .bars(bars), ink: Ink(.blue))]
    for (index, column) in shown.enumerated() where column.spread > 0 {
      layers.append(
        Layer(
          nil,
          .line(x: [column.drop - column.spread, column.drop + column.spread], y: [Double(index), Double(index)]),
          ink: Ink(.black, mark: nil, width: 1.2)))
    }
    let labels = shown.enumerated().map { index, column in
      Label(Self.text(column), x: max(column.drop + column.spread, 0), y: Double(index), dx: 6, dy: 3.8)
    }
    layers.append(Layer(nil, .labels(labels), ink: Ink(.text)))
    let reach = shown.map { $0.drop + $0.spread }.max() ?? 0
    let high = reach > 1e-9 ? reach : 0.1
    let low = min(shown.map { $0.drop - $0.spread }.min() ?? 0, 0)
    return Plot(
      title: "Permutation importance of \(judged.run)", subtitle: words(of: known.count, shown: shown.count),
      panels: shown.isEmpty
        ? []
        : [
          Panel(
            x: Axis("fall of \(metric)", range: (low * 1.05)...(high * 1.35)),
            y: Axis("", scale: .categories(shown.map(\.name)), isReversed: true), layers: layers)
        ],
      remarks: shown.prefix(5).map { "\(Description.short($0.name)) \(Self.text($0))" },
      emptyMessage: "nothing to draw: there are no columns to shuffle")
  }

  private func words(of count: Int, shown: Int) -> String {
    "\(metric) \(Number.significant(score, digits: 4)) on \(judged.text), \(shuffles) shuffle\(shuffles == 1 ? "" : "s")"
      + " a column" + (shown < count ? "; the first \(shown) of \(Number.count(count)) columns" : "")
  }

  private static func text(_ column: Column) -> String {
    let drop = Number.fixed(column.drop, decimals: 4)
    return column.spread > 0 ? drop + " \u{B1} " + Number.fixed(column.spread, decimals: 4) : drop
  }
}

extension PermutationChart.Column {
  fileprivate var spread: Double { deviation.isFinite ? max(deviation, 0) : 0 }
}
