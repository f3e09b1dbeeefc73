/// Which classes go wrong, and how often.
package struct ErrorsChart: Chart {
  package static let name = "errors"
  package static let help = "the share of wrong predictions by true class, the worst first"

  package struct OneClass: Sendable {
    package var name: String
    package var rows: Int
    package var wrong: Int
    /// The class that it is most often taken for, and how often.
    package var takenFor: String?
    package var times: Int

    package init(_ name: String, rows: Int, wrong: Int, takenFor: String? = nil, times: Int = 0) {
      (self.name, self.rows, self.wrong) = (name, rows, wrong)
      (self.takenFor, self.times) = (takenFor, times)
    }

    var share: Double { Double(wrong) / Double(max(rows, 1)) }
  }

  package var judged: Judged
  package var classes: [OneClass]
  private static let most = 30

  package init(_ judged: Judged, classes: [OneClass]) { (self.judged, self.classes) = (judged, classes) }

  package func draw() -> Picture { plot.draw() }

  package var plot: Plot {
    let known = classes.filter { $0.rows > 0 }
    let order = known.indices.sorted { (known[$1].share, $0) < (known[$0].share, $1) }.map { known[$0] }
    let shown = Array(order.prefix(Self.most))
    let others = Shortening.labels(shown.map { $0.takenFor ?? "" }) { Helvetica.width($0) <= 90 && $0.count <= 14 }
    let bars = shown.enumerated().map { index, one in
      Bar(at: Double(index), to: one.share, isHorizontal: true, label: Self.text(one, others[index]))
    }
    let reach = max(shown.map(\.share).max() ?? 0, 0.01)
    return Plot(
      title: "Errors of \(judged.run)", subtitle: words(known, shown: shown.count),
      panels: shown.isEmpty
        ? []
        : [
          Panel(
            x: Axis("wrong predictions of each true class", format: .percent, range: 0...reach),
            y: Axis("", scale: .categories(shown.map(\.name)), isReversed: true),
            layers: [Layer(nil, .bars(bars), ink: Ink(.vermillion))])
        ],
      remarks: shown.prefix(5).map {
        "\(Description.short($0.name)): \(Self.text($0, Description.short($0.takenFor ?? "")))"
      },
      emptyMessage: "nothing to draw: there are no rows with classes")
  }

  private func words(_ known: [OneClass], shown: Int) -> String {
    let (wrong, rows) = known.reduce((0, 0)) { ($0.0 + $1.wrong, $0.1 + $1.rows) }
    var text = "\(Number.percent(Double(wrong) / Double(max(rows, 1)))) of \(judged.text) wrong"
    if shown < known.count { text += "; the \(shown) worst of \(Number.count(known.count)) classes" }
    let without = classes.count - known.count
    if without > 0 { text += "; \(Number.count(without)) class\(without == 1 ? "" : "es") without rows" }
    return text
  }

  private static func text(_ one: OneClass, _ other: String) -> String {
    let text = "\(Number.percent(one.share)), \(Number.count(one.wrong)) of \(Number.count(one.rows))"
    return one.times > 0 ? text + "; \(Number.count(one.times)) as \(other)" : text
  }
}
