import Datasets
import Vocabulary

/// How good a model is on a part of the data: what `evaluate` shows.
package struct Evaluation: Sendable {
  package let split: Split
  package let rows: Int
  package let loss: Double
  /// By plain name, in the order to be shown: accuracy, f1, ... or mae, r2.
  package let metrics: [(name: String, value: Double)]
  /// For classification.
  package let confusion: Confusion?
  package let scores: Scores

  package subscript(name: String) -> Double? {
    name == "loss" ? loss : metrics.first { $0.name == name }?.value
  }
}

extension TrainedModel {
  /// Measures on a split. `asked` names metrics beside the task's usual ones (accuracy, or mae and r2).
  package func evaluation(_ data: Dataset, _ split: Split, metrics asked: [Call] = [], threads: Int = 1) throws
    -> Evaluation
  {
    try check(data)
    let rows = data.rows(split)
    guard !rows.isEmpty else {
      throw TrainingError(
        "the data has no \(split.rawValue) part", hint: "say data ... \(split.rawValue)=0.2",
        about: "split")
    }
    let (sums, outputs) = ModelEvaluation(self, try examples(of: data), threads: threads).outputs(rows)
    let loss = sums.loss / data.weight(of: rows)
    var scores = Scores(data, split, outputs: outputs, width: architecture.outputs, loss: loss, scaling: targetUnit)
    scores.positive = positiveClass ?? scores.positive
    let measured = scores
    let usual = task == .classification ? [Call("accuracy")] : [Call("mae"), Call("r2")]
    let named = try (usual + asked.filter { !usual.contains($0) }).map { call in
      let metric = try Metrics.metric(named: call.name)
      guard metric.tasks.contains(task) else {
        throw TrainingError("the metric \(call.name) does not suit \(task.rawValue)", about: "metrics")
      }
      return (name: call.description, value: metric.value(call, measured))
    }
    return Evaluation(
      split: split, rows: rows.count, loss: loss, metrics: named,
      confusion: task == .classification ? Confusion(scores) : nil, scores: scores)
  }

  /// Throws where the data is not of the model's kind.
  package func check(_ data: Dataset) throws {
    guard data.featureCount == architecture.inputs || (encoding != nil && data.examples.table != nil) else {
      throw TrainingError("the model takes \(architecture.inputs) features, but \(data.name) has \(data.featureCount)")
    }
    guard data.task == task, task == .regression || data.classNames == classNames else {
      throw TrainingError("the model was trained for another target than \(data.name)'s")
    }
  }
}

/// What a model says of rows.
package struct Predictions: Sendable {
  /// For classification the likeliest classes, as indices into the class names.
  package let classes: [Int]
  /// Rows x columns: a probability for each class (both, also where the network has a lone output), or the numbers.
  package let values: [[Double]]
}

extension TrainedModel {
  /// Predictions for rows of raw features (rows x features, not standardised).
  package func predictions(_ features: [Float], threads: Int = 1) -> Predictions {
    predictions(.floats(features), rows: features.count / architecture.inputs, threads: threads)
  }

  /// Predictions for new rows in any form that the model takes.
  package func predictions(_ values: Examples.Values, rows: Int, threads: Int = 1) -> Predictions {
    predictions(outputs: networkOutputs(values, rows: rows, threads: threads))
  }

  /// Predictions for some rows of a dataset that has the model's columns.
  package func predictions(_ data: Dataset, rows: [Int32], threads: Int = 1) throws -> Predictions {
    predictions(outputs: ModelEvaluation(self, try examples(of: data), threads: threads).outputs(rows).outputs)
  }

  /// The examples of a dataset, a table's columns turned into inputs as for the training.
  func examples(of data: Dataset) throws -> Examples {
    guard let encoding, data.examples.table != nil, data.examples.encoding != encoding else { return data.examples }
    do { return try data.examples.encoded(by: encoding) } catch let error as DataError {
      throw TrainingError(error.message, hint: error.hint)
    }
  }

  private func predictions(outputs: [Float]) -> Predictions {
    let width = architecture.outputs
    let outputs = targetUnit.decode(outputs, width: width)
    let lines = stride(from: 0, to: outputs.count, by: width).map { Array(outputs[$0..<($0 + width)]) }
    guard task == .classification else { return Predictions(classes: [], values: lines) }
    let shares = width == 1 ? lines.map { [1 - $0[0], $0[0]] } : lines
    return Predictions(classes: shares.map { line in line.indices.max { line[$0] < line[$1] }! }, values: shares)
  }
}
