import Datasets
import Vocabulary

/// A number that says how good predictions are.
package struct Metric: Sendable {
  package enum Direction: String, Sendable, Codable { case minimize, maximize }

  package let syntax: Syntax
  package let direction: Direction
  /// The tasks it makes sense for.
  package let tasks: Set<Task>
  package let value: @Sendable (Call, Scores) -> Double
}

/// What metrics look at: a split's outputs and targets.
package struct Scores: Sendable {
  /// Rows x width, after the output function: probabilities, or numbers.
  package var outputs: [Float]
  package var width: Int
  /// Class indices, for classification.
  package var classes: [Int32]
  /// Targets, for regression: rows x width, in their own unit.
  package var numbers: [Double]
  /// What is predicted for them; `outputs` in double precision.
  package var predicted: [Double] = []
  package var classCount: Int
  package var loss: Double

  package init(
    outputs: [Float], width: Int, classes: [Int32], numbers: [Double], classCount: Int, loss: Double
  ) {
    (self.outputs, self.width, self.classes, self.numbers) = (outputs, width, classes, numbers)
    (self.classCount, self.loss) = (classCount, loss)
    if !numbers.isEmpty { predicted = outputs.map(Double.init) }
  }

  package var rows: Int { classes.isEmpty ? numbers.count / max(width, 1) : classes.count }
}
