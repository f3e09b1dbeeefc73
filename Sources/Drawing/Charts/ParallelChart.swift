/// Every trial as a line through its parameters and its objective.
package struct ParallelChart: Chart {
  package static let name = "parallel"
  package static let help = "every trial as a line through its parameters and its objective"

  package var study: StudyValues

  package init(_ study: StudyValues) { self.study = study }

  package func draw() -> Picture { plot.draw() }
}
