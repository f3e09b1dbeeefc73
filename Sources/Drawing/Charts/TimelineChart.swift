/// When each trial ran and how it ended.
package struct TimelineChart: Chart {
  package static let name = "timeline"
  package static let help = "when each trial ran and how it ended"

  package var study: StudyValues

  package init(_ study: StudyValues) { self.study = study }

  package func draw() -> Picture { plot.draw() }
}
