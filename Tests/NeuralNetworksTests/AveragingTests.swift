import Datasets
import Foundation
import NeuralNetworks
import Testing
import Vocabulary

/// Weights that are judged in place of those that are trained.
@Suite struct AveragingTests {
  /// Every optimizer with a running mean, and those whose own point is another than the one that is trained.
  static let plans: [(String, TrainingPlan)] = Optimizers.syntaxes.map(\.name).flatMap { name in
    var plan = TrainingPlan()
    (plan.optimizer, plan.epochs, plan.batchSize) = (Call(name), 6, .rows(16))
    plan.earlyStopping = .init(patience: 10)
    var averaged = plan
    averaged.averaging = Call("ema", [.init("decay", .float(0.95))])
    return [(name, plan), (name + " averaged", averaged)]
  }

  @Test(arguments: plans)
  func `what is evaluated is what is kept, saved and loaded`(name: String, plan: TrainingPlan) throws {
    let data = try DataSources.dataset(Call("iris"))
    var network = NetworkDescription()
    network.batchNormalization = true
    let run = try TrainingRun(network, plan, data: data)
    try run.train()
    let best = try #require(run.bestEpoch)
    for (model, epoch) in [(run.model, best), (run.lastModel, plan.epochs)] {
      let loaded = try TrainedModel(bytes: model.bytes())
      let measured = try loaded.evaluate(data, .validation).loss
      #expect(measured == run.history.valLoss[epoch - 1])
    }
  }

  @Test func `a running mean is that of the weights after each update`() throws {
    let data = try DataSources.dataset(Call("iris"))
    var plan = TrainingPlan()
    (plan.epochs, plan.batchSize) = (3, .all)
    let plain = try TrainingRun(NetworkDescription(), plan, data: data)
    plan.averaging = Call("ema", [.init("decay", .float(0.5))])
    let averaged = try TrainingRun(NetworkDescription(), plan, data: data, threads: 2)
    var mean: [Double] = []
    for epoch in 1...3 {
      try plain.train(epochs: epoch)
      try averaged.train(epochs: epoch)
      let weights = plain.lastModel.parameters.map(Double.init)
      mean = mean.isEmpty ? weights : zip(mean, weights).map { 0.5 * $0 + 0.5 * $1 }
      let difference = zip(mean, averaged.lastModel.parameters).map { abs($0 - Double($1)) }.max() ?? .infinity
      #expect(difference < 1e-6)
    }
    // The training itself is the same.
    #expect(averaged.history.trainLoss == plain.history.trainLoss)
  }

  @Test func `a mean of decay 0 is the training itself, to the last digit`() throws {
    let data = try DataSources.dataset(Call("digits"))
    var plan = TrainingPlan()
    plan.epochs = 2
    let plain = try TrainingRun(NetworkDescription(), plan, data: data)
    plan.averaging = Call("ema", [.init("decay", .float(0))])
    let averaged = try TrainingRun(NetworkDescription(), plan, data: data)
    try plain.train()
    try averaged.train()
    #expect(plain.history == averaged.history)
    #expect(plain.model.parameters == averaged.model.parameters)
  }

  /// pytabkit's numbers, written by Tests/References/tables_formulae.py.
  @Test(arguments: ["coslog4", "flat_cosine"])
  func `schedules follow pytabkit's`(name: String) throws {
    struct File: Decodable {
      struct Schedules: Decodable {
        let t, coslog4, flatCosine: [Double]

        enum CodingKeys: String, CodingKey { case t, coslog4, flatCosine = "flat_cos" }
      }
      let schedules: Schedules
    }
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../References/tables_formulae.json")
    let reference = try JSONDecoder().decode(File.self, from: Data(contentsOf: url)).schedules
    let updates = 25_600
    let schedule = try Schedules.schedule(
      Call(name), ScheduleHorizon(learningRate: 1, epochs: 256, updatesPerEpoch: updates / 256))
    for (t, expected) in zip(reference.t, name == "coslog4" ? reference.coslog4 : reference.flatCosine) {
      let update = Int((t * Double(updates)).rounded())
      #expect(abs(schedule.rate(.init(epoch: update / 100, update: update)).rate - expected) < 1e-6)
    }
  }
}
