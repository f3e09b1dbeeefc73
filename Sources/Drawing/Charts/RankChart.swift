/// The rank of each trial over pairs of parameters.
package struct RankChart: Chart {
  package static let name = "rank"
  package static let help = "the rank of each trial over pairs of parameters"

  package var study: StudyValues

  package init(_ study: StudyValues) { self.study = study }

  package func draw() -> Picture { plot.draw() }
}
