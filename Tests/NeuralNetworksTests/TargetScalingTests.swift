import Datasets
import Foundation
import NeuralNetworks
import Testing
import Vocabulary

/// Numbers are trained in a unit of their own and shown in theirs.
@Suite struct TargetScalingTests {
  /// 300 rows, y = 3 a - 2 b + 7 and a little that is not linear, all over 0.
  private static let features: [Float] = (0..<300).flatMap { (k: Int) -> [Float] in
    let (a, b) = ((k * 37) % 101, (k * 61) % 97)
    return [Float(a) / 50 - 1, Float(b) / 48 - 1]
  }
  private static let targets: [Double] = (0..<300).map { (k: Int) -> Double in
    let (a, b) = (Double(features[2 * k]), Double(features[2 * k + 1]))
    return 3 * a - 2 * b + 7 + Double(k % 5) / 10
  }

  private static func trained(
    _ targets: [Double], width: Int = 1, scale: TargetScaling.Kind?, loss: String? = nil, epochs: Int = 8
  ) throws -> TrainingRun {
    let examples = Examples(
      name: "line", columns: 2, values: .floats(features), targets: .numbers(targets, width: width))
    var preparation = Preparation()
    preparation.targetScale = scale
    var (network, plan) = (NetworkDescription(), TrainingPlan())
    network.hidden = [16]
    (plan.epochs, plan.loss, plan.batchSize) = (epochs, loss.map { Call($0) }, .rows(16))
    let run = try TrainingRun(network, plan, data: Dataset(examples, preparation))
    try run.train()
    return run
  }

  /// Mean and deviation over the training rows, by hand.
  private static func moments(_ run: TrainingRun) -> (mean: Double, deviation: Double) {
    let values = run.data.training.map { targets[Int($0)] }
    let mean = values.reduce(0, +) / Double(values.count)
    let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    return (mean, square.squareRoot())
  }

  @Test(arguments: [("mse", 2.0), ("mae", 1), ("huber", 2)])
  func `training on scaled targets is what scaling by hand gives, in the own unit`(loss: String, power: Double) throws {
    let ours = try Self.trained(Self.targets, scale: nil, loss: loss)
    let (mean, deviation) = Self.moments(ours)
    let byHand = try Self.trained(
      Self.targets.map { ($0 - mean) / deviation }, scale: TargetScaling.Kind.none, loss: loss)
    let factor = pow(deviation, power)
    let (own, scaled) = (ours.history, byHand.history)
    for epoch in 0..<8 {
      #expect(abs(own.trainLoss[epoch] / (scaled.trainLoss[epoch] * factor) - 1) < 1e-5)
      #expect(abs(own.valLoss[epoch] / (scaled.valLoss[epoch] * factor) - 1) < 1e-5)
    }
    for name in ["train_r2", "val_r2"] {
      for (own, scaled) in zip(ours.history.metrics[name]!, byHand.history.metrics[name]!) {
        #expect(abs(own - scaled) < 1e-6)
      }
    }
    let expected = Double(byHand.model.outputs([0.5, -0.5])[0]) * deviation + mean
    #expect(abs(Double(ours.model.outputs([0.5, -0.5])[0]) - expected) < 1e-4)
  }

  @Test(arguments: [1e-7, 1.0, 1e3, 1e9]) func `the unit of a target changes nothing but the unit`(unit: Double) throws
  {
    let one = try Self.trained(Self.targets, scale: .standard, epochs: 60)
    let other = try Self.trained(Self.targets.map { $0 * unit }, scale: .standard, epochs: 60)
    #expect(one.history.metrics["train_r2"]!.last! > 0.5)
    #expect(abs(one.history.metrics["val_r2"]!.last! - other.history.metrics["val_r2"]!.last!) < 1e-3)
    #expect(abs(other.history.valLoss.last! / (one.history.valLoss.last! * unit * unit) - 1) < 1e-2)
  }

  @Test func `numbers far from 0 keep their last digits`() throws {
    let run = try Self.trained(Self.targets.map { $0 + 2_147_483_649 }, scale: nil, epochs: 30)
    let evaluation = try run.model.evaluation(run.data, Split.test)
    #expect(evaluation["r2"]! > 0.8)
    #expect(evaluation["mae"]! < 1)
    let rows = run.data.test.flatMap { run.data.examples.row(Int($0)) }
    for (line, row) in zip(run.model.predictions(rows).values, run.data.test) {
      #expect(abs(line[0] - Self.targets[Int(row)] - 2_147_483_649) < 3)
    }
  }

  @Test func `behind a logarithm losses are in the own unit`() throws {
    let run = try Self.trained(Self.targets.map { exp($0 / 3) }, scale: .log, epochs: 20)
    let evaluation = try run.model.evaluation(run.data, Split.validation, metrics: [Call("mse")])
    #expect(abs(evaluation.loss / evaluation["mse"]! - 1) < 1e-5)
    #expect(abs(run.history.valLoss.last! / evaluation["mse"]! - 1) < 1e-5)
    #expect(evaluation["r2"]! > 0.5)
    #expect(throws: DataError.self) { try Self.trained([-1] + Self.targets.dropFirst(), scale: .log) }
    // A 0 has no logarithm: 1 is added to all.
    let shifted = try Self.trained([0] + Self.targets.dropFirst(), scale: .log)
    #expect(shifted.data.targetScaling.offset == 1)
  }

  @Test func `a constant target is said, and nothing is divided by 0`() throws {
    let run = try Self.trained(.init(repeating: 7, count: 300), scale: nil)
    #expect(run.data.notices.contains("the target 'target' is 7 in every training row: there is nothing to learn"))
    #expect(run.history.valLoss.allSatisfy { $0.isFinite })
    #expect(run.history.metrics["train_r2"]!.allSatisfy { $0.isNaN })
  }

  @Test func `several numbers are predicted, each in its unit`() throws {
    let both = (0..<300).flatMap { [Self.targets[$0], 1000 * Double(Self.features[2 * $0])] }
    let run = try Self.trained(both, width: 2, scale: nil, epochs: 300)
    let evaluation = try run.model.evaluation(run.data, Split.test)
    #expect(evaluation["r2"]! > 0.9)
    let line = run.model.predictions([0.5, 0]).values[0]
    #expect(abs(line[0] - 8.7) < 0.6)
    #expect(abs(line[1] - 500) < 100)
    let copy = try TrainedModel(bytes: run.model.bytes())
    #expect(copy == run.model)
  }

  @Test func `a sigmoid keeps its own range`() throws {
    var (network, plan) = (NetworkDescription(), TrainingPlan())
    (network.hidden, network.output) = ([4], .sigmoid)
    plan.epochs = 3
    let examples = Examples(
      name: "shares", columns: 2, values: .floats(Self.features), targets: .numbers(Self.targets.map { $0 / 20 }))
    let run = try TrainingRun(network, plan, data: Dataset(examples))
    try run.train()
    #expect(run.model.outputs(Self.features).allSatisfy { $0 > 0 && $0 < 1 })
  }
}
