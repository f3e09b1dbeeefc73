#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Whether probabilities mean what they say.
package struct CalibrationChart: Chart {
  package static let name = "calibration"
  package static let help = "whether probabilities come true as often as they say, with the ECE and the Brier score"

  /// Rows with about the same probability.
  package struct Bin: Sendable {
    package var rows: Int
    /// Their mean probability, and the share that came true.
    package var predicted: Double
    package var actual: Double

    package init(rows: Int, predicted: Double, actual: Double) {
      (self.rows, self.predicted, self.actual) = (rows, predicted, actual)
    }

    /// Wilson's interval of 95 % for the share.
    var interval: ClosedRange<Double> {
      let (n, z) = (Double(max(rows, 1)), 1.959_963_984_540_054)
      let middle = (actual + z * z / (2 * n)) / (1 + z * z / n)
      let reach = z / (1 + z * z / n) * (actual * (1 - actual) / n + z * z / (4 * n * n)).squareRoot()
      return max(0, middle - reach)...min(1, middle + reach)
    }
  }

  package var judged: Judged
  /// What the probability is of: `'fraud'`, `the likeliest class`.
  package var subject: String
  /// Only those with rows, ascending.
  package var bins: [Bin]
  /// Bins of equal width from 0 to 1.
  package var count: Int
  package var error: Double
  package var brier: Double

  package init(_ judged: Judged, subject: String, bins: [Bin], count: Int, error: Double, brier: Double) {
    (self.judged, self.subject, self.bins, self.count) = (judged, subject, bins, count)
    (self.error, self.brier) = (error, brier)
  }

  package func draw() -> Picture { plot.draw() }

  package var plot: Plot {
    let bins = bins.filter { (0...1).contains($0.predicted) && (0...1).contains($0.actual) }
    let scores = "ECE \(Number.fixed(error, decimals: 4)), Brier \(Number.fixed(brier, decimals: 4))"
    return Plot(
      title: "Calibration of \(judged.run)", subtitle: "\(scores); \(judged.text); lines span 95% of chance",
      panels: bins.isEmpty ? [] : [curve(bins), histogram(bins)], columns: 2,
      remarks: ["\(scores) in \(count) bins"]
        + bins.map {
          "\(Number.percent($0.predicted)) came true in \(Number.percent($0.actual)) of \(Number.count($0.rows)) rows"
        }.prefix(20), emptyMessage: "nothing to draw: calibration needs rows with probabilities", height: 260)
  }

  private func curve(_ bins: [Bin]) -> Panel {
    var layers = [
      Layer("as it should be", .line(x: [0, 1], y: [0, 1]), ink: Ink(.grey, dash: .dotted, mark: nil, width: 1.2))
    ]
    layers += bins.map { bin in
      Layer(
        nil, .line(x: [bin.predicted, bin.predicted], y: [bin.interval.lowerBound, bin.interval.upperBound]),
        ink: Ink(.sky, mark: nil, width: 1.4))
    }
    layers.append(Layer("as it is", .line(x: bins.map(\.predicted), y: bins.map(\.actual)), ink: Ink(.blue)))
    if bins.count == 1 {
      layers.append(Layer("as it is", .points(x: [bins[0].predicted], y: [bins[0].actual]), ink: Ink(.blue)))
    }
    return Panel(
      x: Axis("probability of \(Description.short(subject))", format: .percent, range: 0...1),
      y: Axis("share that came true", format: .percent, range: 0...1), layers: layers)
  }

  private func histogram(_ bins: [Bin]) -> Panel {
    let width = 1 / Double(max(count, 1))
    let bars = bins.map { bin in
      Bar(
        at: (max((bin.predicted / width).rounded(.up), 1) - 0.5) * width, to: Double(bin.rows), thickness: 0.9 * width)
    }
    return Panel(
      x: Axis("probability", format: .percent, range: 0...1), y: Axis("rows", format: .whole, includesZero: true),
      layers: [Layer(nil, .bars(bars), ink: Ink(.blue))])
  }
}
