/// The learning rate that each epoch was trained with.
package struct LearningRateChart: Chart {
  package static let name = "learning_rate"
  package static let help = "the learning rate of each epoch, of one run or several"

  package var runs: [NamedCurve]

  package init(runs: [NamedCurve]) { self.runs = runs }

  package func draw() -> Picture {
    RatesPlot(title: runs.count == 1 ? "Learning rate of \(runs[0].name)" : "Learning rate", curves: runs).plot.draw()
  }
}
