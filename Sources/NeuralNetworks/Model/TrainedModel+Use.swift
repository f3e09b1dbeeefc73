import Datasets
import LinearAlgebra
import Vocabulary

extension TrainedModel {
  /// The outputs for rows of raw features (not standardised, in the order of the features): rows x outputs.
  package func outputs(_ features: [Float]) -> [Float] {
    let columns = architecture.inputs
    precondition(features.count % columns == 0, "rows of \(columns) features are needed")
    var examples = Examples(
      name: "new", columns: columns, values: .floats(features),
      targets: task == .regression
        ? .numbers(.init(repeating: 0, count: features.count / columns))
        : .classes(.init(repeating: 0, count: features.count / columns)))
    examples.classNames = classNames
    return ModelEvaluation(self, examples).outputs(Array(0..<Int32(examples.rows))).outputs
  }

  /// Loss and accuracy (NaN for regression) on a split of a dataset that has the model's features.
  package func evaluate(_ data: Dataset, _ split: Split) throws -> (loss: Double, accuracy: Double) {
    let rows = data.rows(split)
    guard !rows.isEmpty else { throw TrainingError("the data has no \(split.rawValue) part") }
    let evaluation = ModelEvaluation(self, data.examples)
    let sums = evaluation.outputs(rows).sums
    return (
      sums.loss / Double(rows.count), task == .classification ? Double(sums.correct) / Double(rows.count) : .nan
    )
  }
}

/// A model put to work on examples, in evaluation mode.
struct ModelEvaluation {
  private let engine: Engine

  init(_ model: TrainedModel, _ examples: Examples, threads: Int = 1) {
    engine = Engine(
      model.architecture, loss: model.loss, rules: .init(optimizer: SGD(Call("sgd"))), examples: examples,
      scaling: model.scaling, batchRows: 0, parameters: model.parameters, threads: threads)
    engine.statistics.set(model.statistics)
  }

  func outputs(_ rows: [Int32]) -> (sums: LossSums, outputs: [Float]) { engine.evaluate(rows, collecting: true) }
}
