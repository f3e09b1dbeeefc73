/// Which classes are taken for which.
package struct ConfusionChart: Chart {
  package static let name = "confusion"
  package static let help = "the confusion matrix: counts by true and predicted class"

  package var classes: [String]
  /// `counts[truth][prediction]`.
  package var counts: [[Int]]
  /// What was evaluated: `validation`, `test`.
  package var split: String

  package init(classes: [String], counts: [[Int]], split: String = "") {
    self.classes = classes
    self.counts = counts
    self.split = split
  }

  package func draw() -> Picture { plot.draw() }
}
