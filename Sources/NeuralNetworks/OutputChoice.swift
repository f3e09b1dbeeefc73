import Datasets
import Vocabulary

/// The output function, its width and the loss: inferred from the task where not said, and checked to fit together.
package struct OutputChoice: Sendable, Equatable {
  package let output: Output
  package let outputs: Int
  package let loss: Loss

  /// Throws `TrainingError` for a loss or an output that does not fit the task.
  package init(_ network: NetworkDescription, loss call: Call?, data: Dataset) throws {
    let said = try call.map { try Losses.loss($0) }
    switch data.task {
    case .regression:
      output = network.output ?? .identity
      outputs = data.targetWidth
      loss = said ?? .meanSquaredError
      guard loss.suitsNumbers else {
        throw TrainingError(
          "the loss \(call!.name) needs classes, but the target is a number", hint: "use mse, mae or huber",
          about: "loss")
      }
      guard output != .softmax else {
        throw TrainingError(
          "output=softmax needs classes, but the target is a number", hint: "use output=identity",
          about: "output")
      }
    case .classification:
      output = network.output ?? OutputChoice.inferred(said, classes: data.classCount)
      loss = said ?? (output == .sigmoid ? .binaryCrossEntropy : .crossEntropy(smoothing: 0))
      outputs = output == .sigmoid && data.classCount == 2 ? 1 : data.classCount
      try OutputChoice.check(loss, output, classes: data.classCount)
    }
  }

  private static func inferred(_ loss: Loss?, classes: Int) -> Output {
    switch loss {
    case .crossEntropy?: .softmax
    case .hinge?: .identity
    case .binaryCrossEntropy?: .sigmoid
    default: classes == 2 ? .sigmoid : .softmax
    }
  }

  /// Returns true if such a network can come out of a training: what a model's file says of its outputs.
  static func fits(_ task: Task, _ output: Output, outputs: Int, loss: Loss, classes: Int) -> Bool {
    switch task {
    case .regression: loss.suitsNumbers && output != .softmax && classes == 0
    case .classification:
      classes >= 1 && outputs == (output == .sigmoid && classes == 2 ? 1 : classes)
        && (try? check(loss, output, classes: classes)) != nil
    }
  }

  private static func check(_ loss: Loss, _ output: Output, classes: Int) throws {
    switch loss {
    case .crossEntropy:
      guard output == .softmax else {
        throw TrainingError(
          "cross entropy needs output=softmax, not \(output.rawValue)", hint: "use binary_cross_entropy with sigmoid",
          about: "loss")
      }
    case .binaryCrossEntropy:
      guard output == .sigmoid else {
        throw TrainingError(
          "binary cross entropy needs output=sigmoid, not \(output.rawValue)", hint: "use cross_entropy with softmax",
          about: "loss")
      }
    case .hinge:
      guard output == .identity else {
        throw TrainingError(
          "hinge needs output=identity, not \(output.rawValue)", hint: "it compares plain sums",
          about: "loss")
      }
    case .meanSquaredError, .meanAbsoluteError, .huber: break
    }
  }
}
