/// The rows whose predictions are most wrong.
package struct MistakesChart: Chart {
  package static let name = "mistakes"
  package static let help =
    "the rows that are most wrong: images as images, others by number with what they were taken for"

  package enum Content: Sendable {
    case images([DataChart.Sample], width: Int, height: Int)
    case rows([Row])
  }

  /// A row of a table.
  package struct Row: Sendable {
    /// Its number in the source, from 1.
    package var number: Int
    package var truth: String
    package var predicted: String
    /// How wrong: the probability of the wrong class, or the distance from the true number.
    package var size: Double

    package init(number: Int, truth: String, predicted: String, size: Double) {
      (self.number, self.truth, self.predicted, self.size) = (number, truth, predicted, size)
    }
  }

  package var judged: Judged
  package var content: Content
  /// How many rows are wrong in all; nil for a regression, where all are a little.
  package var wrong: Int?
  /// What `size` measures, for rows.
  package var quantity: String
  private static let most = 20

  package init(
    _ judged: Judged, content: Content, wrong: Int? = nil, quantity: String = "probability of the wrong class"
  ) {
    (self.judged, self.content, self.wrong, self.quantity) = (judged, content, wrong, quantity)
  }

  package func draw() -> Picture {
    switch content {
    case .rows(let rows): return plot(rows).draw()
    case .images(let samples, let width, let height):
      return ImageSheet(
        title: title, samples: samples, width: width, height: height, tile: 84, empty: emptyMessage,
        subtitle: { words(shown: $0) + "; true as predicted" }
      ).draw()
    }
  }

  private var title: String { "Mistakes of \(judged.run)" }
  private var emptyMessage: String {
    wrong == 0 && judged.rows > 0
      ? "nothing to draw: no mistake in \(judged.text)" : "nothing to draw: there are no rows to judge"
  }

  private func words(shown: Int) -> String {
    guard let wrong else { return "the \(Number.count(shown)) worst of \(judged.text)" }
    let all = "\(Number.count(wrong)) of \(judged.text) wrong"
    return shown < wrong ? all + ", the \(Number.count(shown)) worst" : all
  }

  private func plot(_ rows: [Row]) -> Plot {
    let shown = rows.prefix(Self.most)
    let names = Shortening.labels(shown.flatMap { [$0.truth, $0.predicted] }) {
      Helvetica.width($0) <= 84 && TextWidth.of($0) <= 12
    }
    let bars = shown.enumerated().map { index, row in
      Bar(
        at: Double(index), to: row.size, isHorizontal: true,
        label: "\(text(row.size)): \(names[2 * index]) as \(names[2 * index + 1])")
    }
    let reach = shown.map(\.size).filter(\.isFinite).max() ?? 1
    return Plot(
      title: title, subtitle: words(shown: shown.count) + "; true as predicted",
      panels: shown.isEmpty
        ? []
        : [
          Panel(
            x: Axis(quantity, format: isShare ? .percent : .number, range: 0...max(reach, 1e-12)),
            y: Axis("", scale: .categories(shown.map { "row \(Number.count($0.number))" }), isReversed: true),
            layers: [Layer(nil, .bars(bars), ink: Ink(.vermillion))])
        ],
      remarks: shown.prefix(5).map {
        "row \($0.number): \(Description.short($0.truth)) as \(Description.short($0.predicted)), \(text($0.size))"
      }, emptyMessage: emptyMessage)
  }

  private var isShare: Bool { wrong != nil }
  private func text(_ size: Double) -> String {
    isShare ? Number.percent(size) : Number.significant(size, digits: 4)
  }
}
