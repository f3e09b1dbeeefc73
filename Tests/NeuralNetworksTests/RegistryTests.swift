import Datasets
import Foundation
import LinearAlgebra
import NeuralNetworks
import Testing
import Vocabulary

/// What holds for everything that is registered.
@Suite struct RegistryTests {
  static let syntaxes: [[Syntax]] = [
    Optimizers.syntaxes, Schedules.syntaxes, Initializers.syntaxes, Losses.all, Metrics.all.map(\.syntax),
    DataSources.all.map(\.syntax),
  ]

  @Test func `names are unique and every entry says what it is`() {
    for family in Self.syntaxes {
      #expect(Set(family.map(\.name)).count == family.count)
      for syntax in family {
        #expect(!syntax.summary.isEmpty)
        for option in syntax.options { #expect(!option.help.isEmpty) }
      }
    }
  }

  @Test func `the language page's words are all there`() {
    func words(_ text: String) -> Set<String> { Set(text.split(separator: " ").map(String.init)) }
    #expect(
      Set(Activation.allCases.map(\.rawValue))
        == words("relu leaky_relu elu selu gelu silu mish tanh sigmoid softplus identity"))
    #expect(
      Set(Optimizers.syntaxes.map(\.name))
        == words("sgd adagrad rmsprop adam adamw nadam adadelta lion muon schedule_free"))
    let schedules = Set(Schedules.syntaxes.map(\.name))
    #expect(
      schedules
        == words(
          "constant time_decay step exponential power plateau one_cycle cosine linear polynomial piecewise warmup coslog4 flat_cosine"
        ))
    #expect(
      Set(Initializers.syntaxes.map(\.name))
        == words(
          "glorot_uniform glorot_normal he_uniform he_normal lecun_uniform lecun_normal torch uniform normal zeros"))
    #expect(
      Set(Losses.all.map(\.name)) == words("cross_entropy binary_cross_entropy mse mae huber hinge label_smoothing"))
    #expect(
      Set(DataSources.all.map(\.syntax.name))
        == words(
          "digits iris fashion_mnist mnist idx csv json arff libsvm sqlite postgresql npz spirals moons circles blobs"))
  }

  @Test(arguments: Optimizers.syntaxes.map(\.name))
  func `every optimizer learns iris at its default rate`(name: String) throws {
    var plan = TrainingPlan()
    (plan.optimizer, plan.epochs, plan.batchSize) = (Call(name), 60, .rows(8))
    let run = try TrainingRun(NetworkDescription(), plan, data: try DataSources.dataset(Call("iris")))
    try run.train()
    #expect(run.history.trainLoss.last! < 0.7 * run.history.trainLoss[0])
  }

  /// Each with what it cannot do without.
  static let schedules = Schedules.syntaxes.map(\.name).map { name in
    name == "piecewise"
      ? Call(name, [.init("boundaries", .list([.int(2)])), .init("rates", .list([.float(0.1), .float(0.01)]))])
      : Call(name)
  }

  @Test(arguments: schedules)
  func `every schedule stays finite and not negative, beyond its end too`(call: Call) throws {
    let rates = try Schedules.rates(call, learningRate: 0.1, epochs: 10, updatesPerEpoch: 7)
    #expect(rates.count == 10)
    for rate in rates {
      #expect(rate >= 0)
      #expect(rate <= 0.1 + 1e-12)
    }
    let schedule = try Schedules.schedule(call, ScheduleHorizon(learningRate: 0.1, epochs: 10, updatesPerEpoch: 7))
    for epoch in [10, 25, 1000] {
      let rate = schedule.rate(ScheduleMoment(epoch: epoch, update: 7 * epoch)).rate
      #expect(rate.isFinite)
      #expect(rate >= 0)
    }
  }

  @Test func `schedules follow the tutorial's formulae`() throws {
    let times = try Schedules.rates(Call("time_decay", [.init("decay", .float(0.5))]), learningRate: 1, epochs: 3)
    let timeDecay: [Double] = [1, 1 / 1.5, 0.5]
    #expect(times == timeDecay)
    let steps = try Schedules.rates(
      Call("step", [.init("factor", .float(0.5)), .init("every", .int(2))]), learningRate: 1, epochs: 5)
    #expect(steps == [1, 1, 0.5, 0.5, 0.25])
    let falls = try Schedules.rates(Call("exponential", [.init("decay", .float(0.1))]), learningRate: 2, epochs: 3)
    let expected: [Double] = [2, 2 * exp(-0.1), 2 * exp(-0.2)]
    for (ours, theirs) in zip(falls, expected) { #expect(abs(ours - theirs) < 1e-12) }
    let pieces = try Schedules.rates(
      Call(
        "piecewise",
        [
          .init("boundaries", .list([.int(1), .int(3)])), .init("rates", .list([.float(1), .float(0.5), .float(0.1)])),
        ]),
      learningRate: 9, epochs: 4)
    #expect(pieces == [1, 0.5, 0.5, 0.1])
    let warm = try Schedules.rates(
      Call("warmup", [.init("epochs", .int(2)), .init("then", .call(Call("linear")))]), learningRate: 1, epochs: 6)
    #expect(warm == [0.5, 1, 1, 0.75, 0.5, 0.25])
  }

  /// The variance of each initializer's weights by its published formula, for 300 inputs and 400 outputs.
  static let variances: [(name: String, variance: Double)] = [
    ("glorot_uniform", 2.0 / 700), ("glorot_normal", 2.0 / 700), ("he_uniform", 2.0 / 300), ("he_normal", 2.0 / 300),
    ("lecun_uniform", 1.0 / 300), ("lecun_normal", 1.0 / 300), ("torch", 1.0 / 900), ("uniform", 0.01 / 12),
    ("normal", 0.0025), ("zeros", 0.0),
  ]

  @Test(arguments: variances)
  func `every initializer has its moments`(name: String, variance: Double) throws {
    var network = NetworkDescription()
    network.hidden = [400]
    let architecture = Architecture(network, inputs: 300, outputs: 2, output: .identity)
    let all = try architecture.initialWeights(Call(name), seed: 1)
    let weights = all[architecture.layers[0].weight].map(Double.init)
    let count = Double(weights.count)
    let mean = weights.reduce(0, +) / count
    let squares: Double = weights.reduce(0.0) { $0 + $1 * $1 }
    let measured = squares / count
    // Four standard errors; a normal variable's variance has 2 v^2 / n, a uniform one's less.
    let meanError = (variance / count).squareRoot()
    #expect(abs(mean) <= 4 * meanError)
    let varianceError = variance * (2 / count).squareRoot()
    #expect(abs(measured - variance) <= 4 * varianceError)
    let largest: Double = weights.map { abs($0) }.max() ?? 0
    if name.hasSuffix("uniform") || name == "torch" {
      let bound = (3 * variance).squareRoot()
      #expect(largest <= bound * 1.0000001)
      #expect(largest > 0.999 * bound)
    } else if name != "zeros" {
      #expect(largest > 4 * variance.squareRoot())
    }
    let largestBias = all[architecture.layers[0].bias].map { abs(Double($0)) }.max() ?? 0
    if name == "torch" {
      #expect(largestBias > 0)
      #expect(largestBias < 0.0577351)
    } else {
      #expect(largestBias == 0)
    }
  }

  @Test(arguments: Metrics.all.map(\.syntax.name))
  func `every metric can be asked for while training`(name: String) throws {
    let isRegression = Metrics.all.first { $0.syntax.name == name }!.tasks == [.regression]
    let data = isRegression ? try Oracle.shared.data("numbers") : try DataSources.dataset(Call("iris"))
    var plan = TrainingPlan()
    plan.epochs = 2
    plan.metrics = isRegression ? [Call("train_" + name)] : [Call(name), Call("train_" + name), Call("test_" + name)]
    let run = try TrainingRun(NetworkDescription(), plan, data: data)
    try run.train()
    for request in plan.metrics {
      let full = request.name.hasPrefix("t") && request.name != "top_k" ? request.name : "val_" + request.name
      let values = run.history[full] ?? []
      #expect(values.count == 2)
      for value in values { #expect(value.isFinite) }
      #expect(Metrics.direction(of: full) != nil)
    }
  }
}
