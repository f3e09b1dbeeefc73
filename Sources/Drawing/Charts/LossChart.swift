/// Training and validation loss over epochs.
package struct LossChart: Chart {
  package static let name = "loss"
  package static let help = "training and validation loss over epochs, of one run or several"

  package var runs: [RunCurves]
  /// What each run's loss is called: `cross entropy`.
  package var losses: [String]
  /// The epochs asked for: fixes the axis while the curve grows.
  package var epochs: Int?

  package init(runs: [RunCurves], losses: [String], epochs: Int? = nil) {
    self.runs = runs
    self.losses = losses
    self.epochs = epochs
  }

  package init(runs: [RunCurves], loss: String = "loss", epochs: Int? = nil) {
    self.init(runs: runs, losses: runs.map { _ in loss }, epochs: epochs)
  }

  package func draw() -> Picture { plot.draw() }

  package var plot: Plot {
    CurvesPlot(
      title: runs.count == 1 ? "Loss of \(runs[0].name)" : "Loss", quantities: losses, runs: runs, format: .number,
      epochs: epochs, better: .lower
    ).plot
  }
}
