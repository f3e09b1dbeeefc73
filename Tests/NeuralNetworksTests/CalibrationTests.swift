import Datasets
import Foundation
import NeuralNetworks
import Testing
import Vocabulary

/// Temperatures against probmetrics' (Tests/References/tables_formulae.py), and what calibrating does to a network.
@Suite struct CalibrationTests {
  private struct File: Decodable {
    struct Reference: Decodable {
      let logits: [[Double]]
      let label: [Int32]
      let inverseTemperature, lossAfter: Double

      enum CodingKeys: String, CodingKey {
        case logits, label, inverseTemperature = "inverse_temperature", lossAfter = "nll_ts"
      }
    }
    let temperature: Reference
  }

  private static let reference: File.Reference = {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../References/tables_formulae.json")
    return try! JSONDecoder().decode(File.self, from: Data(contentsOf: url)).temperature
  }()

  @Test func `a temperature is probmetrics'`() throws {
    let reference = Self.reference
    let factor = try Temperature.factor(
      sums: reference.logits.flatMap { $0 }, width: reference.logits[0].count, classes: reference.label)
    #expect(abs(factor - reference.inverseTemperature) < 1e-5)
    // Every row twice, or with weight 2, is the same.
    let doubled = try Temperature.factor(
      sums: (reference.logits + reference.logits).flatMap { $0 }, width: 3, classes: reference.label + reference.label)
    let weighted = try Temperature.factor(
      sums: reference.logits.flatMap { $0 }, width: 3, classes: reference.label,
      weights: .init(repeating: 2, count: reference.label.count))
    #expect(abs(doubled - factor) < 1e-9 && abs(weighted - factor) < 1e-9)
  }

  @Test func `two classes with one sum are those with two`() throws {
    let sums = [1.5, -0.3, 2.0, -4.0, 0.2, -1.0]
    let labels: [Int32] = [1, 1, 0, 0, 1, 0]
    let one = try Temperature.factor(sums: sums, width: 1, classes: labels)
    let two = try Temperature.factor(sums: sums.flatMap { [0, $0] }, width: 2, classes: labels)
    #expect(abs(one - two) < 1e-9)
  }

  @Test func `without a mistake, or no better than guessing, there is none`() {
    #expect(throws: TrainingError.self) { try Temperature.factor(sums: [1, 0, 0, 1], width: 2, classes: [0, 1]) }
    #expect(throws: TrainingError.self) { try Temperature.factor(sums: [0, 1, 1, 0], width: 2, classes: [0, 1]) }
  }

  @Test(arguments: [("digits", "softmax"), ("moons", "sigmoid"), ("moons", "softmax"), ("digits", "sigmoid")])
  func `calibrating lowers the validation loss and changes no class`(source: String, output: String) throws {
    let data = try DataSources.dataset(
      Call(source, source == "moons" ? [.init("noise", .float(0.4))] : []))
    var (network, plan) = (NetworkDescription(), TrainingPlan())
    network.output = Output(rawValue: output)
    (plan.epochs, plan.learningRate) = (source == "digits" ? 4 : 15, 0.01)
    let run = try TrainingRun(network, plan, data: data)
    try run.train()
    let (model, factor) = try run.model.calibrated(on: data)
    let (before, after) = (try run.model.evaluation(data, .validation), try model.evaluation(data, .validation))
    #expect(factor > 0 && after.loss <= before.loss && after["accuracy"] == before["accuracy"])
    // No other factor near it is better.
    for change in [0.97, 1.03] {
      var other = model
      for place in [model.architecture.layers.last!.weight, model.architecture.layers.last!.bias] {
        for k in place { other.parameters[k] *= Float(change) }
      }
      #expect(try other.evaluation(data, .validation).loss > after.loss)
    }
    #expect(abs(try model.calibrated(on: data).factor - 1) < 1e-3)
    #expect(try TrainedModel(bytes: model.bytes()) == model)
  }
}
