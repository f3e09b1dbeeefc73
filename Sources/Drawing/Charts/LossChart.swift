/// Training and validation loss over epochs.
package struct LossChart: Chart {
  package static let name = "loss"
  package static let help = "training and validation loss over epochs, of one run or several"

  package var runs: [RunCurves]
  /// What the loss is called: `cross entropy`.
  package var loss: String
  /// The epochs asked for: fixes the axis while the curve grows.
  package var epochs: Int?

  package init(runs: [RunCurves], loss: String = "loss", epochs: Int? = nil) {
    self.runs = runs
    self.loss = loss
    self.epochs = epochs
  }

  package func draw() -> Picture {
    CurvesPlot(
      title: runs.count == 1 ? "Loss of \(runs[0].name)" : "Loss", quantity: loss, runs: runs, format: .number,
      epochs: epochs, better: .lower
    ).plot.draw()
  }
}
