/// The objective of each trial and the best so far.
package struct HistoryChart: Chart {
  package static let name = "history"
  package static let help = "the objective of each trial and the best so far"

  package var study: StudyValues
  /// The trials asked for: fixes the axis while the study grows.
  package var trials: Int?

  package init(_ study: StudyValues, trials: Int? = nil) {
    self.study = study
    self.trials = trials
  }

  package func draw() -> Picture { plot.draw() }
}
