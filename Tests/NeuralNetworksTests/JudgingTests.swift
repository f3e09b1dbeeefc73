import Datasets
import Foundation
import NeuralNetworks
import Testing
import Vocabulary

/// What judging plots are drawn from against scikit-learn's numbers, as Tests/References/judging.py writes them.
@Suite struct JudgingTests {
  struct Bins: Decodable, Sendable {
    let actual: [Double]
    let predicted: [Double]
  }

  /// One class against the rest.
  struct Curves: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let outputs: [Float]
    let targets: [Int32]
    let weights: [Double]
    let `false`: [Double]
    let `true`: [Double]
    let auc: Double
    let precision: [Double]
    let recall: [Double]
    let average: Double
    let brier: Double
    let bins5: Bins?
    let bins15: Bins?
    var testDescription: String { name }

    var scores: Scores {
      var scores = Scores(outputs: outputs, width: 1, classes: targets, numbers: [], classCount: 2, loss: 0)
      (scores.positive, scores.weights) = (1, weights)
      return scores
    }
  }

  struct Network: Decodable, Sendable {
    struct Column: Decodable, Sendable {
      let drops: [Double]
      let mean: Double
      let deviation: Double
    }
    let features: [Float]
    let targets: [Int32]
    let hidden: Int
    let weights: [[Float]]
    let biases: [[Float]]
    /// For each column its shuffles.
    let orders: [[[Int]]]
    let importance: [String: [Column]]
    let xs: [Double]
    let ys: [Double]
    let grid: [[Double]]

    /// Iris with its own names, all rows for training.
    func data(prepared: Bool = true) throws -> Dataset {
      var examples = Examples(name: "flowers", columns: 4, values: .floats(features), targets: .classes(targets))
      examples.classNames = ["setosa", "versicolor", "virginica"]
      var preparation = Preparation()
      (preparation.validation, preparation.test, preparation.standardize) = (.count(0), .count(0), Standardization.none)
      return try Dataset(examples, preparation)
    }

    func model(_ data: Dataset) throws -> TrainedModel {
      var description = NetworkDescription()
      description.hidden = [hidden]
      let architecture = Architecture(description, inputs: 4, outputs: 3, output: .softmax)
      return TrainedModel(
        architecture, loss: .crossEntropy(smoothing: 0),
        parameters: weights[0] + biases[0] + weights[1] + biases[1], statistics: [], data: data)
    }
  }

  private struct File: Decodable {
    let curves: [Curves]
    let network: Network
  }

  private static let file: File = {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../References/judging.json")
    return try! JSONDecoder().decode(File.self, from: Data(contentsOf: url))
  }()
  static let curves = file.curves
  static let network = file.network

  private func expectNear(_ found: [Double], _ expected: [Double], _ what: String) {
    #expect(found.count == expected.count, "\(what): \(found.count) numbers, not \(expected.count)")
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-9 }, "\(what): \(found), not \(expected)")
  }

  @Test(arguments: curves) func `curves are scikit-learn's`(reference: Curves) {
    let scores = reference.scores
    let curve = RankedCurve(
      values: scores.values(of: 1), isPositive: scores.isPositive(1), weights: reference.weights)
    expectNear([0] + curve.falsePositiveRate, reference.false, "false positive rate")
    expectNear([0] + curve.recall, reference.true, "true positive rate")
    expectNear(curve.precision.reversed() + [1], reference.precision, "precision")
    expectNear(curve.recall.reversed() + [0], reference.recall, "recall")
    expectNear([curve.area, curve.averagePrecision], [reference.auc, reference.average], "areas")
  }

  @Test(arguments: curves) func `bins are scikit-learn's`(reference: Curves) throws {
    for (count, expected) in [(5, reference.bins5), (15, reference.bins15)] {
      guard let expected else { continue }
      let bins = Calibration(reference.scores, bins: count).bins
      expectNear(bins.map(\.actual), expected.actual, "\(count) bins, what came true")
      expectNear(bins.map(\.predicted), expected.predicted, "\(count) bins, what was said")
    }
  }

  @Test(arguments: ["accuracy", "log_loss"]) func `importance is scikit-learn's for the same shuffles`(metric: String)
    throws
  {
    let network = Self.network
    let data = try network.data()
    let importance = try PermutationImportance(
      network.model(data), data, rows: data.training, metric: Call(metric), shuffles: 3
    ) { column, shuffle, _ in network.orders[column][shuffle] }
    let expected = try #require(network.importance[metric])
    #expect(importance.columns.map(\.name) == ["x0", "x1", "x2", "x3"])
    for (found, expected) in zip(importance.columns, expected) {
      #expect(zip(found.drops, expected.drops).allSatisfy { abs($0 - $1) < 2e-6 }, "\(found.name): \(found.drops)")
      #expect(abs(found.mean - expected.mean) < 2e-6 && abs(found.deviation - expected.deviation) < 2e-6)
    }
  }

  @Test func `over a plane the others stay at their means`() throws {
    let network = Self.network
    let data = try network.data()
    let model = try network.model(data)
    let plane = try #require(try model.plane(data, x: "x2", y: "x3"))
    #expect(plane.others == 2)
    let found = try model.predictions(over: plane, data, xs: network.xs, ys: network.ys).values
    #expect(found.count == network.grid.count)
    for (found, expected) in zip(found, network.grid) {
      #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 2e-6 }, "\(found), not \(expected)")
    }
  }

  @Test func `orders come from the seed`() {
    let (a, b) = (PermutationImportance.orders(seed: 1), PermutationImportance.orders(seed: 2))
    #expect(a(0, 0, 50) == a(0, 0, 50) && a(0, 0, 50).sorted() == Array(0..<50))
    #expect(a(0, 0, 50) != b(0, 0, 50) && a(0, 0, 50) != a(1, 0, 50) && a(0, 0, 50) != a(0, 1, 50))
  }

  @Test(arguments: Activation.allCases) func `slopes are those of the values`(activation: Activation) {
    let step = 1e-3
    let x = (-40...40).map { 0.1 * Double($0) + 0.05 }
    let slopes = activation.curve(at: x).slopes
    let (low, high) = (
      activation.curve(at: x.map { $0 - step }).values, activation.curve(at: x.map { $0 + step }).values
    )
    for index in x.indices {
      #expect(abs((high[index] - low[index]) / (2 * step) - slopes[index]) < 2e-3, "\(activation) at \(x[index])")
    }
  }
}
