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
  /// Targets, for regression.
  package var numbers: [Float]
  package var classCount: Int
  package var loss: Double

  package init(
    outputs: [Float], width: Int, classes: [Int32], numbers: [Float], classCount: Int, loss: Double
  ) {
    (self.outputs, self.width, self.classes, self.numbers) = (outputs, width, classes, numbers)
    (self.classCount, self.loss) = (classCount, loss)
  }

  package var rows: Int { max(classes.count, numbers.count) }
}
