import Datasets
import NeuralNetworks
import Testing
import Vocabulary

@Suite struct EarlyStoppingTests {
  @Test func `it stops after patience epochs without a strict improvement, and restores the best weights`() throws {
    var plan = TrainingPlan()
    (plan.epochs, plan.learningRate, plan.batchSize) = (300, 0.02, .rows(16))
    plan.earlyStopping = .init(patience: 4)
    let run = try TrainingRun(NetworkDescription(), plan, data: try DataSources.dataset(Call("iris")))
    #expect(try run.train() == .earlyStopped)
    let losses = run.history.valLoss
    let best = losses.indices.min { (losses[$0], $0) < (losses[$1], $1) }!
    #expect(run.bestEpoch == best + 1)
    #expect(losses.count == best + 1 + 4)
    let restored = try run.model.evaluate(run.data, .validation).loss
    #expect(abs(restored - losses[best]) < 1e-9)
  }

  @Test func `an improvement must be larger than min_delta`() throws {
    var plan = TrainingPlan()
    plan.epochs = 50
    plan.earlyStopping = .init(patience: 3, minDelta: 1e9)
    let run = try TrainingRun(NetworkDescription(), plan, data: try DataSources.dataset(Call("iris")))
    #expect(try run.train() == .earlyStopped)
    // The first value is always the best so far; nothing beats it by so much.
    #expect(run.history.epochs == 4)
    #expect(run.bestEpoch == 1)
  }

  @Test func `a metric to be made large is watched in its direction`() throws {
    var plan = TrainingPlan()
    plan.epochs = 100
    plan.earlyStopping = .init(patience: 5, monitor: "val_accuracy")
    let run = try TrainingRun(NetworkDescription(), plan, data: try DataSources.dataset(Call("iris")))
    try run.train()
    let values = run.history.metrics["val_accuracy"]!
    #expect(run.bestEpoch == values.firstIndex(of: values.max()!)! + 1)
  }

  @Test func `without a validation part it is refused`() throws {
    var preparation = Preparation()
    preparation.validation = .count(0)
    let data = try DataSources.dataset(Call("iris"), preparation)
    var plan = TrainingPlan()
    plan.earlyStopping = .init(patience: 3)
    #expect(throws: TrainingError.self) { try TrainingRun(NetworkDescription(), plan, data: data) }
    plan.earlyStopping?.monitor = "train_loss"
    _ = try TrainingRun(NetworkDescription(), plan, data: data)
  }
}
