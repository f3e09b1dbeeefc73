import Datasets
import LinearAlgebra
import NeuralNetworks
import Testing
import Vocabulary

/// Gradients against central differences of the loss. The gradient is read off a step of plain descent with rate 1; the
/// loss is an epoch's of one batch, so whatever training does to a batch (dropout, noise, batch normalisation) is in both.
@Suite struct GradientTests {
  struct Setting: Sendable, CustomTestStringConvertible {
    var network = NetworkDescription()
    var plan = TrainingPlan()
    var task = "classes"
    var testDescription = ""
  }

  static let settings: [Setting] = {
    var all: [Setting] = []
    func add(_ name: String, _ change: (inout Setting) -> Void) {
      var setting = Setting()
      setting.network.hidden = [6, 5]
      setting.network.activation = .tanh
      setting.testDescription = name
      change(&setting)
      all.append(setting)
    }
    for activation in Activation.allCases {
      add("activation \(activation.rawValue)") { $0.network.activation = activation }
      add("activation \(activation.rawValue) with dropout") {
        $0.network.activation = activation
        $0.network.dropout = 0.3
      }
    }
    for syntax in Losses.all {
      let task =
        ["cross_entropy", "label_smoothing", "hinge"].contains(syntax.name)
        ? "classes" : syntax.name == "binary_cross_entropy" ? "binary" : "numbers"
      add("loss \(syntax.name)") { ($0.plan.loss, $0.task) = (Call(syntax.name), task) }
    }
    for (loss, output) in [
      ("mse", Output.softmax), ("mae", .softmax), ("huber", .softmax), ("mse", .sigmoid),
      ("binary_cross_entropy", .sigmoid),
    ] {
      add("loss \(loss) of classes, output \(output.rawValue)") {
        ($0.plan.loss, $0.network.output) = (Call(loss), output)
      }
    }
    add("mse of numbers, output sigmoid") {
      ($0.plan.loss, $0.network.output, $0.task) = (Call("mse"), .sigmoid, "numbers")
    }
    add("no hidden layer") { $0.network.hidden = [] }
    add("batch normalisation") { $0.network.batchNormalization = true }
    add("batch normalisation, gelu and dropout") {
      $0.network.batchNormalization = true
      $0.network.activation = .gelu
      $0.network.dropout = 0.2
    }
    add("layer normalisation") { $0.network.normalization = .layer }
    add("layer normalisation, gelu and dropout") {
      $0.network.normalization = .layer
      ($0.network.activation, $0.network.hidden) = (.gelu, [19, 6])
      $0.network.dropout = 0.2
    }
    add("input noise") { $0.plan.noise = 0.2 }
    add("class weights") { $0.plan.classWeight = .explicit([0.2, 1, 3]) }
    add("the whole gradient at once") { $0.plan.clipNorm = 1e6 }
    return all
  }()

  @Test(arguments: settings)
  func `gradients agree with central differences`(in setting: Setting) throws {
    let data = try Oracle.shared.data(setting.task)
    var plan = setting.plan
    (plan.optimizer, plan.learningRate, plan.batchSize, plan.epochs, plan.seed) = (Call("sgd"), 1, .all, 1, 5)
    func train(_ weights: [Float]?) throws -> TrainingRun {
      let run = try TrainingRun(setting.network, plan, data: data, initialWeights: weights)
      try run.train()
      return run
    }
    var random = RandomStream(seed: 3, "gradients")
    let architecture = try train(nil).architecture
    let weights = (0..<architecture.parameterCount).map { _ in Float(random.uniform(-0.7, 0.7)) }
    let after = try train(weights).lastModel.parameters
    var worst = 0.0
    for index in stride(from: 0, to: weights.count, by: 3) {
      let gradient = Double(weights[index] - after[index])
      // A kink within the step spoils a difference, not the gradient: the best of three widths counts.
      let errors = try [Float(2e-2), 4e-3, 1e-3].map { width -> Double in
        var (up, down) = (weights, weights)
        up[index] += width
        down[index] -= width
        let (a, b) = (try train(up).history.trainLoss[0], try train(down).history.trainLoss[0])
        return abs((a - b) / Double(up[index] - down[index]) - gradient)
      }
      worst = max(worst, errors.min()! / max(0.05, abs(gradient)))
    }
    #expect(worst < 0.01)
  }
}
