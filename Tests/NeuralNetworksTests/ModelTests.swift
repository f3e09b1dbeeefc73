import Datasets
import LinearAlgebra
import NeuralNetworks
import Testing
import Vocabulary

@Suite struct ModelTests {
  private func trained(
    _ source: String = "iris", _ change: (inout NetworkDescription, inout TrainingPlan) -> Void = { _, _ in }
  ) throws -> TrainingRun {
    var (network, plan) = (NetworkDescription(), TrainingPlan())
    change(&network, &plan)
    let run = try TrainingRun(network, plan, data: try DataSources.dataset(Call(source)))
    try run.train()
    return run
  }

  @Test func `a saved model is the same model`() throws {
    let model = try trained { network, _ in network.batchNormalization = true }.model
    let bytes = try model.bytes()
    #expect(try TrainedModel(bytes: bytes) == model)
    #expect(throws: TrainingError.self) { try TrainedModel(bytes: Array(bytes.dropLast())) }
    #expect(throws: TrainingError.self) { try TrainedModel(bytes: [1, 2, 3]) }
  }

  @Test func `named tensors go out and come back`() throws {
    let run = try trained { network, _ in (network.hidden, network.batchNormalization) = ([5, 4], true) }
    let model = run.model
    #expect(
      model.tensors.map(\.name).prefix(6) == [
        "layers.0.weight", "layers.0.bias", "norms.0.weight", "norms.0.bias", "norms.0.running_mean",
        "norms.0.running_var",
      ])
    #expect(model.tensors[0].shape == [5, 4])
    #expect(try model.architecture.parameters(from: model.tensors) == model.parameters)
  }

  @Test func `predictions are evaluation's outputs`() throws {
    let run = try trained("moons")
    let rows = run.data.test.flatMap { run.data.examples.row(Int($0)) }
    let predictions = run.model.predictions(rows)
    let evaluation = try run.model.evaluation(run.data, .test, metrics: [Call("f1"), Call("auc")])
    #expect(predictions.classes == evaluation.scores.predictedClasses)
    #expect(predictions.values.allSatisfy { abs($0[0] + $0[1] - 1) < 1e-6 })
    #expect(evaluation.confusion?.counts.flatMap { $0 }.reduce(0, +) == evaluation.rows)
    #expect(evaluation["auc"]! > 0.9)
  }

  @Test func `the parameter count needs no network`() {
    var network = NetworkDescription()
    network.hidden = [128, 64]
    #expect(network.parameterCount(inputs: 784, outputs: 10) == 784 * 128 + 128 + 128 * 64 + 64 + 64 * 10 + 10)
    network.batchNormalization = true
    let architecture = Architecture(network, inputs: 784, outputs: 10, output: .softmax)
    #expect(network.parameterCount(inputs: 784, outputs: 10) == architecture.parameterCount)
  }

  /// scikit-learn 1.9's precision_score, recall_score, f1_score (macro), top_k_accuracy_score, roc_auc_score (ovr).
  @Test func `metrics are scikit-learn's`() throws {
    let scores = Scores(
      outputs: [
        0.7, 0.2, 0.1, 0.1, 0.6, 0.3, 0.3, 0.3, 0.4, 0.5, 0.4, 0.1, 0.2, 0.5, 0.3, 0.1, 0.2, 0.7, 0.25, 0.35, 0.4,
      ], width: 3,
      classes: [0, 1, 2, 1, 1, 2, 0], numbers: [], classCount: 3, loss: 0)
    let expected: [(Call, Double)] = [
      (Call("accuracy"), 0.714285714), (Call("precision"), 0.722222222), (Call("recall"), 0.722222222),
      (Call("f1"), 0.7), (Call("top_k", [.init("k", .int(2))]), 0.857142857), (Call("auc"), 0.916666667),
    ]
    for (call, value) in expected {
      let metric = try Metrics.metric(named: call.name)
      #expect(abs(metric.value(call, scores) - value) < 1e-8, "\(call)")
    }
  }

  @Test(arguments: [1, 2, 3]) func `what a diverged network gives is nowhere right and has no order`(width: Int) throws
  {
    let classCount = max(width, 2)
    let scores = Scores(
      outputs: Array(repeating: .nan, count: 4 * width), width: width,
      classes: [1, 1, 0, 1].map { min($0, Int32(classCount - 1)) },
      numbers: [], classCount: classCount, loss: .nan)
    for metric in Metrics.all where ["accuracy", "top_k", "auc"].contains(metric.syntax.name) {
      let value = metric.value(Call(metric.syntax.name), scores)
      #expect(width == 1 && metric.syntax.name != "auc" || value.isNaN || value == 0, "\(metric.syntax.name)")
    }
  }

  @Test func `dropout leaves the mean, and drops its share`() throws {
    // A network that copies its input through one layer of ones shows the mask in its first loss.
    let rows = 2000
    let examples = Examples(
      name: "ones", columns: 1, values: .floats(.init(repeating: 1, count: rows)),
      targets: .numbers(.init(repeating: 0, count: rows)))
    var preparation = Preparation()
    (preparation.validation, preparation.test, preparation.standardize) = (.count(0), .count(0), Standardization.none)
    var (network, plan) = (NetworkDescription(), TrainingPlan())
    preparation.targetScale = TargetScaling.Kind.none
    (network.hidden, network.activation, network.dropout) = ([1], .identity, 0.3)
    (plan.epochs, plan.batchSize, plan.optimizer) = (1, .all, Call("sgd"))
    let run = try TrainingRun(network, plan, data: try Dataset(examples, preparation), initialWeights: [1, 0, 1, 0])
    try run.train()
    // The mean of squares of 0 or 1/0.7 is kept/0.49 of the rows, kept about 0.7.
    let kept = run.history.trainLoss[0] * 0.49
    #expect(abs(kept - 0.7) < 4 * (0.21 / Double(rows)).squareRoot())
    #expect(run.model.outputs([1]).count == 1)
  }

  @Test func `max_norm holds every neuron's weights`() throws {
    let run = try trained { _, plan in (plan.maxNorm, plan.learningRate) = (0.5, 0.05) }
    for layer in run.architecture.layers {
      for neuron in 0..<layer.outputs {
        let start = layer.weight.lowerBound + neuron * layer.inputs
        let square = run.lastModel.parameters[start..<(start + layer.inputs)].reduce(Float(0)) { $0 + $1 * $1 }
        #expect(square <= 0.25001)
      }
    }
  }

  @Test func `the range test rises and suggests a rate that trains`() throws {
    let data = try DataSources.dataset(Call("digits"))
    let finder = try LearningRateFinder(NetworkDescription(), TrainingPlan(), data: data)
    #expect(finder.points.count > 50)
    #expect(zip(finder.points, finder.points.dropFirst()).allSatisfy { $0.rate < $1.rate })
    let suggestion = try #require(finder.suggestion)
    #expect(suggestion > 1e-4)
    #expect(suggestion < 1)
  }

  @Test func `repeats over seeds and folds have a mean and a spread`() throws {
    var preparation = Preparation()
    preparation.folds = 4
    let data = try DataSources.dataset(Call("iris"), preparation)
    var plan = TrainingPlan()
    plan.epochs = 3
    let repetition = try Repetition(NetworkDescription(), plan, data: data, seeds: [0, 1])
    var means: [Double] = []
    try repetition.train(onEpoch: { record in
      means.append(record.valLoss!)
      return true
    })
    let spread = repetition.spread("val_loss")
    #expect(repetition.runs.count == 8)
    #expect(means.count == 3)
    #expect(abs(spread.mean - means[2]) < 1e-12)
    #expect(spread.deviation > 0)
  }

  /// Version 1 of the header said `batchNormalization` in place of `normalization`.
  @Test(arguments: [Normalization.none, .batch])
  func `a file of an older version is the same model`(norm: Normalization) throws {
    let model = try trained { network, _ in network.normalization = norm }.model
    let bytes = try model.bytes()
    let length = bytes.withUnsafeBytes { Int($0.loadUnaligned(fromByteOffset: 8, as: UInt64.self)) }
    let header = String(decoding: bytes[16..<(16 + length)], as: UTF8.self)
    let older = header.replacing(
      "\"normalization\":\"\(norm.rawValue)\"", with: "\"batchNormalization\":\(norm == .batch)")
    #expect(older != header)
    let count = withUnsafeBytes(of: older.utf8.count.littleEndian) { Array($0) }
    let file = Array(bytes[..<8]) + count + Array(older.utf8) + Array(bytes[(16 + length)...])
    #expect(try TrainedModel(bytes: file) == model)
  }

  @Test(arguments: Normalization.allCases)
  func `threads change no number in networks of every kind`(norm: Normalization) throws {
    let data = try DataSources.dataset(Call("digits"))
    for (hidden, batch, clip) in [([200, 64], 64, nil), ([300], 256, 1.0), ([40, 30, 20], 7, nil)]
      as [([Int], Int, Double?)]
    {
      var (network, plan) = (NetworkDescription(), TrainingPlan())
      (network.hidden, network.normalization, network.dropout) = (hidden, norm, 0.1)
      (plan.epochs, plan.batchSize, plan.clipNorm) = (1, .rows(batch), clip)
      let weights = try [1, 2, 5].map { threads in
        let run = try TrainingRun(network, plan, data: data, threads: threads)
        try run.train()
        return run.lastModel.parameters
      }
      #expect(weights[0] == weights[1])
      #expect(weights[0] == weights[2])
    }
  }
}
