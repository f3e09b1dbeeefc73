/// The objective over two parameters.
package struct ContourChart: Chart {
  package static let name = "contour"
  package static let help = "the objective over two parameters, interpolated between the trials"

  package var study: StudyValues
  /// Names of two of the study's parameters.
  package var x: String
  package var y: String

  package init(_ study: StudyValues, x: String, y: String) {
    self.study = study
    self.x = x
    self.y = y
  }

  package func draw() -> Picture { plot.draw() }
}
