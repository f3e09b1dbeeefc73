import Datasets
import Vocabulary

extension TrainedModel {
  /// The outputs for rows of raw features (not standardised, in the order of the features): rows x outputs, numbers in
  /// the targets' own unit.
  package func outputs(_ features: [Float], threads: Int = 1) -> [Float] {
    let rows = features.count / architecture.inputs
    precondition(features.count % architecture.inputs == 0, "rows of \(architecture.inputs) features are needed")
    let outputs = networkOutputs(.floats(features), rows: rows, threads: threads)
    return targetUnit.decode(outputs, width: architecture.outputs).map(Float.init)
  }

  /// What leads from outputs to the targets' unit.
  var targetUnit: TargetScaling { architecture.output == .identity ? targetScaling : .identity }

  /// As `outputs`, in the unit that the network was trained in.
  func networkOutputs(_ values: Examples.Values, rows: Int, threads: Int) -> [Float] {
    guard rows > 0 else { return [] }
    let targets: Examples.Targets =
      task == .regression
      ? .numbers(.init(repeating: 1, count: rows * architecture.outputs), width: architecture.outputs)
      : .classes(.init(repeating: 0, count: rows))
    let examples = Examples(name: "new", columns: architecture.inputs, values: values, targets: targets)
    return ModelEvaluation(self, examples, threads: threads).outputs(Array(0..<Int32(rows))).outputs
  }

  /// Loss and accuracy (NaN for regression) on a split of a dataset that has the model's features.
  package func evaluate(_ data: Dataset, _ split: Split) throws -> (loss: Double, accuracy: Double) {
    let result = try evaluation(data, split)
    return (result.loss, result["accuracy"] ?? .nan)
  }
}

/// A model put to work on examples, in evaluation mode.
struct ModelEvaluation {
  private let engine: Engine

  init(_ model: TrainedModel, _ examples: Examples, threads: Int = 1) {
    engine = Engine(
      model.architecture, loss: model.loss, rules: .init(optimizer: SGD(Call("sgd"))), examples: examples,
      scaling: model.scaling, targetScaling: model.targetScaling, batchRows: 0, parameters: model.parameters,
      threads: threads)
    engine.statistics.set(model.statistics)
  }

  func outputs(_ rows: [Int32]) -> (sums: LossSums, outputs: [Float]) { engine.evaluate(rows, collecting: true) }
}
