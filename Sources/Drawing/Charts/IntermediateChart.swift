/// The learning curve of every trial.
package struct IntermediateChart: Chart {
  package static let name = "intermediate"
  package static let help = "what each trial reported, step by step"

  package var study: StudyValues

  package init(_ study: StudyValues) { self.study = study }

  package func draw() -> Picture { plot.draw() }
}
