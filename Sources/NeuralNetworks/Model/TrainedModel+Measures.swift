import Datasets
import Vocabulary

extension TrainedModel {
  /// The loss and the metrics asked for on a split, by name: `loss`, `accuracy`, `f1`.
  ///
  /// Throws `TrainingError` for a split without rows and for metrics that do not suit the task.
  package func measure(_ data: Dataset, _ split: Split, metrics: [Call]) throws -> [String: Double] {
    let requests = try metrics.map { call in
      var full = call
      full.name = "\(split.prefix)_\(call.name)"
      return try MetricRequest(full, data: data)
    }
    let scores = try scores(data, split)
    var result = ["loss": scores.loss]
    for (call, request) in zip(metrics, requests) {
      result[call.description] = request.value(
        loss: scores.loss, accuracy: task == .classification ? scores.topShare(1) : .nan, scores: { scores })
    }
    return result
  }

  /// Which classes are taken for which on a split. Throws `TrainingError` for a split without rows.
  package func confusion(_ data: Dataset, _ split: Split) throws -> Confusion {
    let scores = try scores(data, split)
    return Confusion(classes: scores.classes, predicted: scores.predictedClasses, classCount: scores.classCount)
  }

  private func scores(_ data: Dataset, _ split: Split) throws -> Scores {
    let rows = data.rows(split)
    guard !rows.isEmpty else {
      throw TrainingError("the data has no \(split.rawValue) part", hint: "say data ... \(split.rawValue)=0.2")
    }
    let (sums, outputs) = ModelEvaluation(self, data.examples).outputs(rows)
    return Scores(
      data, split, outputs: outputs, width: architecture.outputs, loss: sums.loss / Double(rows.count))
  }
}

extension Architecture {
  /// The sizes that a dataset gives a description. Throws `TrainingError` where they do not fit.
  package init(_ description: NetworkDescription, for data: Dataset, loss: Call? = nil) throws {
    let choice = try OutputChoice(description, loss: loss, data: data)
    self.init(description, inputs: data.featureCount, outputs: choice.outputs, output: choice.output)
  }
}
