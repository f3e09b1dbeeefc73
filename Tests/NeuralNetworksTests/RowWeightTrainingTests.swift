import Datasets
import NeuralNetworks
import Testing
import Vocabulary

/// Row weights are scikit-learn's sample_weight: a row of weight 3 is three rows, one of weight 0 is none.
@Suite struct RowWeightTrainingTests {
  private static let count = 60
  private static let weights = (0..<count).map { Double([2, 0, 1, 3, 1][$0 % 5]) }

  /// The rows once, weighted, or each as often as its weight says; the whole is the training part and the validation part.
  private static func data(isClassification: Bool, repeated: Bool) throws -> Dataset {
    var rows: [Int] = []
    for row in 0..<count { rows += .init(repeating: row, count: repeated ? Int(weights[row]) : 1) }
    let features = rows.flatMap { row in [Float(row * 37 % 23) / 23, Float(row * 61 % 29) / 29] }
    let targets: Examples.Targets =
      isClassification
      ? .classes(rows.map { Int32($0 * 13 % 3) }) : .numbers(rows.map { Double($0 * 17 % 31) / 10 + 4 })
    var examples = Examples(name: "rows", columns: 2, values: .floats(features + features), targets: twice(targets))
    if isClassification { examples.classNames = ["a", "b", "c"] }
    if !repeated { examples.weights = weights + weights }
    examples.validationRows = rows.count..<(2 * rows.count)
    var preparation = Preparation()
    (preparation.test, preparation.standardize) = (.count(0), Standardization.none)
    preparation.targetScale = TargetScaling.Kind.none
    return try Dataset(examples, preparation)
  }

  private static func twice(_ targets: Examples.Targets) -> Examples.Targets {
    switch targets {
    case .classes(let all): .classes(all + all)
    case .numbers(let all, let width): .numbers(all + all, width: width)
    }
  }

  private static func trained(_ data: Dataset, loss: String?) throws -> TrainingRun {
    var (network, plan) = (NetworkDescription(), TrainingPlan())
    network.hidden = [8]
    (plan.epochs, plan.batchSize, plan.optimizer, plan.learningRate) = (25, .all, Call("sgd"), 0.1)
    plan.loss = loss.map { Call($0) }
    let run = try TrainingRun(network, plan, data: data)
    try run.train()
    return run
  }

  @Test(
    arguments: [
      (true, nil), (true, "hinge"), (false, nil), (false, "mae"), (false, "huber"),
    ] as [(Bool, String?)])
  func `a row of weight 3 is three rows`(isClassification: Bool, loss: String?) throws {
    let weighted = try Self.data(isClassification: isClassification, repeated: false)
    let repeated = try Self.data(isClassification: isClassification, repeated: true)
    let (ours, theirs) = (try Self.trained(weighted, loss: loss), try Self.trained(repeated, loss: loss))
    func close(_ a: [Double], _ b: [Double], _ name: String) {
      #expect(a.count == 25 && b.count == 25)
      for (epoch, pair) in zip(a, b).enumerated() {
        #expect(abs(pair.0 - pair.1) < 1e-4 * max(1, abs(pair.1)), "\(name), epoch \(epoch + 1): \(pair)")
      }
    }
    close(ours.history.trainLoss, theirs.history.trainLoss, "train_loss")
    close(ours.history.valLoss, theirs.history.valLoss, "val_loss")
    for (name, values) in ours.history.metrics { close(values, theirs.history.metrics[name] ?? [], name) }
    let (a, b) = (try ours.model.evaluation(weighted, .validation), try theirs.model.evaluation(repeated, .validation))
    #expect(abs(a.loss - b.loss) < 1e-4 * max(1, b.loss))
    // The weights matter: without them the losses are others.
    var plain = weighted.examples
    plain.weights = []
    let without = try Self.trained(try Dataset(plain, weighted.preparation), loss: loss)
    #expect(abs(without.history.trainLoss[0] - ours.history.trainLoss[0]) > 3e-4)
  }
}
