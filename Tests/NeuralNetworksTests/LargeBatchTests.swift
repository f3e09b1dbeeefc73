import Datasets
import Foundation
import NeuralNetworks
import Testing
import Vocabulary

/// A batch of more than 4,096 rows with batch normalisation is normalised by all of them.
@Suite struct LargeBatchTests {
  /// Sixty rows, each `times` one after the other, in one batch: the losses and moments of the sixty alone, which no part
  /// of the larger batch has by itself.
  private static func run(times: Int, threads: Int) throws -> TrainingRun {
    let values = (0..<60 * 3).map { Float(sin(Double($0 * $0))) }
    var examples = Examples(
      name: "rows", columns: 3,
      values: .floats((0..<60).flatMap { row in (0..<times).flatMap { _ in values[row * 3..<row * 3 + 3] } }),
      targets: .classes((0..<60).flatMap { row in [Int32](repeating: Int32(row % 2), count: times) }))
    examples.classNames = ["no", "yes"]
    var preparation = Preparation()
    (preparation.validation, preparation.test, preparation.standardize) = (.count(0), .count(0), Standardization.none)
    var network = NetworkDescription()
    (network.hidden, network.batchNormalization, network.activation) = ([7, 5], true, .tanh)
    var plan = TrainingPlan()
    (plan.batchSize, plan.shuffle, plan.epochs, plan.optimizer) = (.all, false, 8, Call("sgd"))
    plan.learningRate = 0.5
    let run = try TrainingRun(network, plan, data: Dataset(examples, preparation), threads: threads)
    try run.train()
    return run
  }

  @Test(arguments: [1, 2]) func `is one batch`(threads: Int) throws {
    let (small, large) = (try Self.run(times: 1, threads: 1), try Self.run(times: 100, threads: threads))
    for (a, b) in zip(small.history.trainLoss, large.history.trainLoss) { #expect(abs(a - b) < 2e-5) }
    // Means follow alike; variances are told by n / (n - 1) of the batch's.
    for (index, layer) in small.architecture.layers.enumerated() where index < 2 {
      for j in layer.runningMean {
        #expect(abs(small.lastModel.statistics[j] - large.lastModel.statistics[j]) < 2e-5)
      }
      let start = Float(pow(0.9, 8.0))
      for j in layer.runningVariance {
        let (a, b) = (small.lastModel.statistics[j] - start, large.lastModel.statistics[j] - start)
        #expect(abs(a * 59 / 60 - b * 5999 / 6000) < 2e-5)
      }
    }
  }
}
