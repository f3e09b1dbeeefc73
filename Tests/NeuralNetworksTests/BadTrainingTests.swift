import Datasets
import NeuralNetworks
import Testing
import Vocabulary

/// What cannot be is refused with a reason before anything is allocated; what goes wrong on the way is told.
@Suite struct BadTrainingTests {
  private let iris = try! DataSources.dataset(Call("iris"))

  private func message(
    _ change: (inout NetworkDescription, inout TrainingPlan) -> Void, data: Dataset? = nil
  ) -> String {
    var (network, plan) = (NetworkDescription(), TrainingPlan())
    change(&network, &plan)
    do {
      _ = try TrainingRun(network, plan, data: data ?? iris)
      return "no error"
    } catch { return "\(error)" }
  }

  @Test func `a network that does not fit in memory`() {
    #expect(message { network, _ in network.hidden = [3_000_000, 3_000_000] }.contains("would take"))
    #expect(message { network, _ in network.hidden = [1 << 40, 1 << 40] }.contains("more than"))
    var network = NetworkDescription()
    network.hidden = [1 << 62, 1 << 62]
    #expect(network.parameterCount(inputs: 4, outputs: 3) == .max)
  }

  @Test func `sizes and settings out of range`() {
    #expect(message { network, _ in network.hidden = [0] }.contains("0 neurons"))
    #expect(message { network, _ in network.dropout = 1 }.contains("dropout=1.0"))
    #expect(message { _, plan in plan.batchSize = .rows(0) }.contains("batch_size=0"))
    #expect(message { _, plan in plan.epochs = 0 }.contains("epochs=0"))
    #expect(message { _, plan in plan.learningRate = .nan }.contains("learning_rate"))
    #expect(message { _, plan in plan.learningRate = -1 }.contains("learning_rate"))
    #expect(message { _, plan in plan.clipNorm = 0 }.contains("clip_norm"))
    #expect(message { _, plan in plan.accumulate = 0 }.contains("accumulate"))
    #expect(message { _, plan in plan.classWeight = .explicit([1]) }.contains("1 values for 3 classes"))
    #expect(message { _, plan in plan.schedule = Call("piecewise") }.contains("piecewise"))
    #expect(
      message { network, plan in (network.batchNormalization, plan.batchSize) = (true, .rows(1)) }.contains(
        "batch_norm"))
  }

  @Test func `choices that do not fit the task`() throws {
    let numbers = try Oracle.shared.data("numbers")
    #expect(message({ _, plan in plan.loss = Call("cross_entropy") }, data: numbers).contains("needs classes"))
    #expect(message({ network, _ in network.output = .softmax }, data: numbers).contains("softmax"))
    #expect(
      message { network, plan in (network.output, plan.loss) = (.identity, Call("cross_entropy")) }.contains("softmax"))
    #expect(message { network, plan in (network.output, plan.loss) = (.softmax, Call("hinge")) }.contains("identity"))
    #expect(message({ _, plan in plan.metrics = [Call("f1")] }, data: numbers).contains("f1"))
    #expect(message({ _, plan in plan.metrics = [Call("train_accuracy")] }, data: numbers).contains("accuracy"))
    #expect(message { _, plan in plan.metrics = [Call("r2")] }.contains("r2"))
    #expect(message { _, plan in plan.metrics = [Call("nonsense")] }.contains("no metric"))
    #expect(message { _, plan in plan.optimizer = Call("newton") }.contains("no optimizer"))
  }

  @Test func `a loss that explodes is told with its place`() throws {
    var (network, plan) = (NetworkDescription(), TrainingPlan())
    (network.hidden, network.activation) = ([32, 32], .identity)
    (plan.optimizer, plan.learningRate, plan.loss, network.output) = (Call("sgd"), 1e6, Call("mse"), .identity)
    let run = try TrainingRun(network, plan, data: iris)
    let reason = try run.train()
    guard case .diverged(let place) = reason else {
      Issue.record("it stopped as \(reason.word)")
      return
    }
    #expect(place.epoch == 1)
    #expect(place.batch >= 1)
    #expect(place.learningRate == 1e6)
    #expect(place.description.contains("epoch 1, batch"))
  }

  @Test func `weights of another shape are refused`() {
    #expect(throws: TrainingError.self) {
      try TrainingRun(NetworkDescription(), TrainingPlan(), data: iris, initialWeights: [1, 2, 3])
    }
    let architecture = Architecture(NetworkDescription(), inputs: 4, outputs: 3, output: .softmax)
    #expect(throws: TrainingError.self) { try architecture.parameters(from: []) }
    #expect(throws: TrainingError.self) {
      try architecture.parameters(from: [NamedTensor(name: "layers.0.weight", shape: [1, 4], values: [1, 2, 3, 4])])
    }
  }
}
