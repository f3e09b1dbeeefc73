/// The objective against each parameter, one panel each.
package struct SliceChart: Chart {
  package static let name = "slice"
  package static let help = "the objective against each parameter"

  package var study: StudyValues

  package init(_ study: StudyValues) { self.study = study }

  package func draw() -> Picture { plot.draw() }
}
