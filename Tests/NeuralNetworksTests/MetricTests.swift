import Foundation
import NeuralNetworks
import Testing
import Vocabulary

/// Every metric against scikit-learn's number, as Tests/References/metrics.py writes them.
@Suite struct MetricTests {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let outputs: [Float]
    let width: Int
    let targets: [Double]
    let classes: Int
    let positive: Int
    /// scikit-learn's sample_weight; empty: without.
    let weights: [Double]
    /// nil: not defined.
    let expected: [String: Double?]
    var testDescription: String { name }

    var scores: Scores {
      var scores = Scores(
        outputs: outputs, width: width, classes: classes > 0 ? targets.map { Int32($0) } : [],
        numbers: classes > 0 ? [] : targets.map { .init($0) }, classCount: classes, loss: 0)
      (scores.positive, scores.weights) = (positive, weights)
      return scores
    }
  }

  static let cases: [Case] = {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../References/metrics.json")
    return try! JSONDecoder().decode([Case].self, from: Data(contentsOf: url))
  }()

  @Test(arguments: cases) func `a metric is scikit-learn's to six digits`(reference: Case) throws {
    for metric in Metrics.all where metric.tasks.contains(reference.classes > 0 ? .classification : .regression) {
      let name = metric.syntax.name
      if name == "top_k" { continue }
      let expected = try #require(reference.expected[name], "\(name) has no reference")
      let value = metric.value(Call(name), reference.scores)
      if let expected {
        #expect(abs(value - expected) <= 1e-6 * max(1, abs(expected)), "\(name): \(value), not \(expected)")
      } else {
        #expect(value.isNaN, "\(name): \(value)")
      }
    }
  }

  @Test(arguments: cases.filter { $0.classes > 0 }) func `bins can be chosen`(reference: Case) throws {
    let expected = try #require(reference.expected["ece(bins=4)"] ?? nil)
    let value = try Metrics.metric(named: "ece").value(Call("ece", [.init("bins", .int(4))]), reference.scores)
    #expect(abs(value - expected) < 1e-6)
  }

  @Test(arguments: Metrics.all.filter { $0.tasks == [.classification] }.map(\.syntax.name))
  func `outputs that are not numbers are never good`(name: String) throws {
    let metric = try Metrics.metric(named: name)
    for width in [1, 2, 3] {
      let classCount = max(width, 2)
      let scores = Scores(
        outputs: Array(repeating: .nan, count: 4 * width), width: width, classes: [1, 1, 0, 1], numbers: [],
        classCount: classCount, loss: .nan)
      // One of the likeliest k is right whatever is said, if k is the number of classes.
      if name == "top_k", width < 3 { continue }
      let value = metric.value(Call(name, name == "top_k" ? [.init("k", .int(1))] : []), scores)
      #expect(value.isNaN || metric.direction == .maximize && value <= 0.5, "\(name) is \(value) for \(width) outputs")
    }
  }

  /// What is shown as a percentage lies between 0 and 1 for any scores.
  @Test(arguments: Metrics.all.filter { $0.unit == .share }.map(\.syntax.name))
  func `a share stays a share`(name: String) throws {
    for reference in Self.cases where reference.classes > 0 {
      #expect((0...1).contains(try Metrics.metric(named: name).value(Call(name), reference.scores)))
    }
  }
}
