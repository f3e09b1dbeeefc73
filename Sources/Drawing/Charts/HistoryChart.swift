/// The objective of each trial and the best so far.
package struct HistoryChart: Chart {
  package static let name = "history"
  package static let help = "the objective of each trial and the best so far, of one study or several"

  package var studies: [StudyValues]
  /// The trials asked for: fixes the axis while the study grows.
  package var trials: Int?

  package init(_ study: StudyValues, trials: Int? = nil) {
    studies = [study]
    self.trials = trials
  }

  /// At least one.
  package init(_ studies: [StudyValues]) {
    self.studies = studies.isEmpty ? [StudyValues(name: "", objectives: [], trials: [])] : studies
  }

  var study: StudyValues { studies[0] }

  package func draw() -> Picture { plot.draw() }
}
