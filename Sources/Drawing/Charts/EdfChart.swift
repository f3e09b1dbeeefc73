/// The share of trials that reached a value or better.
package struct EdfChart: Chart {
  package static let name = "edf"
  package static let help = "the share of trials that reached a value or better, of one study or several"

  package var studies: [StudyValues]

  package init(_ studies: [StudyValues]) { self.studies = studies }

  package func draw() -> Picture { plot.draw() }
}
