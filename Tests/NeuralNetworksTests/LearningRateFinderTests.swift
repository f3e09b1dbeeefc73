import Datasets
import NeuralNetworks
import Testing
import Vocabulary

@Suite struct LearningRateFinderTests {
  /// Digits with an optimizer at its defaults: accuracy on the validation rows after ten epochs.
  private func accuracy(_ optimizer: String, _ rate: Double, _ data: Dataset) throws -> Double {
    var plan = TrainingPlan()
    (plan.optimizer, plan.learningRate) = (Call(optimizer), rate)
    let run = try TrainingRun(NetworkDescription(), plan, data: data)
    try run.train()
    return run.history["val_accuracy"]?.last ?? 0
  }

  @Test(arguments: ["sgd", "adam", "adamw", "rmsprop"], ["digits", "iris"])
  func `training at the suggestion is about as good as the best rate of a sweep`(optimizer: String, set: String) throws
  {
    let data = try DataSources.dataset(Call(set))
    var plan = TrainingPlan()
    plan.optimizer = Call(optimizer)
    let finder = try LearningRateFinder(NetworkDescription(), plan, data: data)
    let suggestion = try #require(finder.suggestion)
    let sweep = try [1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1].map { ($0, try accuracy(optimizer, $0, data)) }
    let best = sweep.max { $0.1 < $1.1 }!
    let reached = try accuracy(optimizer, suggestion, data)
    // One row of iris' thirty is more than three points.
    let slack = set == "iris" ? 0.07 : 0.015
    #expect(
      reached >= best.1 - slack, "\(suggestion) gives \(reached), \(best.0) gives \(best.1)")
  }

  /// What cannot be told, and a word of the reason.
  @Test(arguments: [
    (1e-8, 1e-7, "adam", "neither fell"), (1e-5, 1e-3, "adam", "still falling"), (1e4, 1e6, "sgd", "low"),
    (0.5, 5, "adam", "low"), (0.2, 20, "rmsprop", "low"), (1e-12, 1e-11, "sgd", "neither fell"),
    (1e-6, 1e-4, "rmsprop", "still falling"),
  ])
  func `a curve that does not tell says why`(low: Double, high: Double, optimizer: String, word: String) throws {
    var plan = TrainingPlan()
    plan.optimizer = Call(optimizer)
    let finder = try LearningRateFinder(
      NetworkDescription(), plan, data: try DataSources.dataset(Call("digits")), low: low, high: high)
    #expect(finder.suggestion == nil)
    #expect(finder.doubt?.description.contains(word) == true, "\(finder.doubt?.description ?? "no doubt")")
  }

  @Test(arguments: Optimizers.syntaxes.map(\.name), [(1e-6, 10.0), (1e-4, 0.1), (1e-3, 1.0), (1e-2, 100.0)])
  func `a suggestion lies within the rates tested`(optimizer: String, range: (low: Double, high: Double)) throws {
    var plan = TrainingPlan()
    plan.optimizer = Call(optimizer)
    let finder = try LearningRateFinder(
      NetworkDescription(), plan, data: try DataSources.dataset(Call("iris")), low: range.low, high: range.high)
    if let suggestion = finder.suggestion {
      #expect((range.low...range.high).contains(suggestion))
    } else {
      #expect(finder.doubt?.hint != nil)
    }
  }
}
