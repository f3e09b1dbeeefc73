import Datasets

extension TrainedModel {
  /// The same classifier with probabilities that fit the validation rows, and the factor of its sums. The factor goes into the
  /// output layer's weights, so that every file and program has it. Throws `TrainingError`.
  package func calibrated(on data: Dataset, threads: Int = 1) throws -> (model: TrainedModel, factor: Double) {
    try check(data)
    guard task == .classification, architecture.output != .identity else {
      throw TrainingError(
        "calibrate needs a network that predicts probabilities of classes", hint: "use output=softmax or sigmoid")
    }
    let rows = data.validation
    guard !rows.isEmpty, case .classes(let classes) = data.examples.targets else {
      throw TrainingError(
        "the data has no validation part to calibrate on", hint: "use data ... validation=0.2")
    }
    // As numbers the last layer's sums come out as they are.
    let plain = Architecture(
      architecture.description, inputs: architecture.inputs, outputs: architecture.outputs, output: .identity)
    var sums = TrainedModel(
      plain, loss: .meanSquaredError, parameters: parameters, statistics: statistics,
      data: data)
    (sums.scaling, sums.targetScaling) = (scaling, targetScaling)
    let outputs = ModelEvaluation(sums, try examples(of: data), threads: threads).outputs(rows).outputs
    let weights = data.examples.weights
    let factor = try Temperature.factor(
      sums: outputs.map(Double.init), width: architecture.outputs, classes: rows.map { classes[Int($0)] },
      weights: weights.isEmpty ? [] : rows.map { weights[Int($0)] },
      perClass: architecture.output == .sigmoid && architecture.outputs > 1)
    var result = self
    for place in architecture.layers.last.map({ [$0.weight, $0.bias] }) ?? [] {
      for k in place { result.parameters[k] *= Float(factor) }
    }
    return (result, factor)
  }
}
