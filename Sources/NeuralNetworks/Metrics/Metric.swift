import Datasets
import Vocabulary

/// A number that says how good predictions are.
package struct Metric: Sendable {
  package enum Direction: String, Sendable, Codable { case minimize, maximize }

  /// What kind of number it is.
  package enum Unit: Sendable {
    /// From 0 to 1, shown as a percentage.
    case share
    /// A number without a unit, or in the target's.
    case number
  }

  /// What the rows or the network must have for the value to be defined.
  package enum Need: Sendable {
    case nothing
    /// Rows of at least two classes.
    case severalClasses
    /// Outputs that are probabilities.
    case probabilities
    /// A target that varies.
    case spread
  }

  package let syntax: Syntax
  package let direction: Direction
  /// The tasks it makes sense for.
  package let tasks: Set<Task>
  package let unit: Unit
  /// Whether it is that of one class where there are two: the table says which.
  package let isOfPositiveClass: Bool
  package let need: Need
  package let value: @Sendable (Call, Scores) -> Double

  package init(
    _ syntax: Syntax, _ direction: Direction, _ task: Task, unit: Unit = .number, isOfPositiveClass: Bool = false,
    needs need: Need = .nothing, value: @escaping @Sendable (Call, Scores) -> Double
  ) {
    (self.syntax, self.direction, tasks, self.unit) = (syntax, direction, [task], unit)
    (self.isOfPositiveClass, self.need, self.value) = (isOfPositiveClass, need, value)
  }
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
  /// Each row's weight, as scikit-learn's sample_weight; empty if all count alike.
  package var weights: [Double] = []
  /// Of two classes the one that precision, recall and f1 are about.
  package var positive = 1

  package init(
    outputs: [Float], width: Int, classes: [Int32], numbers: [Double], classCount: Int, loss: Double
  ) {
    (self.outputs, self.width, self.classes, self.numbers) = (outputs, width, classes, numbers)
    (self.classCount, self.loss) = (classCount, loss)
    if !numbers.isEmpty { predicted = outputs.map(Double.init) }
  }

  func weight(_ row: Int) -> Double { weights.isEmpty ? 1 : weights[row] }
  var totalWeight: Double { weights.isEmpty ? Double(rows) : weights.reduce(0, +) }

  package var rows: Int { classes.isEmpty ? numbers.count / max(width, 1) : classes.count }
}
