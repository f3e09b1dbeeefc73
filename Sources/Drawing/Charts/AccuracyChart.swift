/// Accuracy, or another metric, over epochs.
package struct AccuracyChart: Chart {
  package static let name = "accuracy"
  package static let help = "training and validation accuracy over epochs, of one run or several"

  package var runs: [RunCurves]
  package var metric: String
  /// A share of 1, written as a percentage.
  package var isShare: Bool
  package var epochs: Int?

  package init(runs: [RunCurves], metric: String = "accuracy", isShare: Bool = true, epochs: Int? = nil) {
    self.runs = runs
    self.metric = metric
    self.isShare = isShare
    self.epochs = epochs
  }

  package func draw() -> Picture {
    let word = metric.prefix(1).uppercased() + metric.dropFirst()
    return CurvesPlot(
      title: runs.count == 1 ? "\(word) of \(runs[0].name)" : word, quantities: runs.map { _ in metric }, runs: runs,
      format: isShare ? .percent : .number, epochs: epochs, better: .higher
    ).plot.draw()
  }
}
