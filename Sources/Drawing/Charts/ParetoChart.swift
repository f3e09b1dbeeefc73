/// The trials of several objectives and the front that no other trial beats.
package struct ParetoChart: Chart {
  package static let name = "pareto"
  package static let help = "the trials of a study with several objectives and its Pareto front"

  package var study: StudyValues

  package init(_ study: StudyValues) { self.study = study }

  package func draw() -> Picture { plot.draw() }
}
