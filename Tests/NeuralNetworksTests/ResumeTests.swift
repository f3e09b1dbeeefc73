import Datasets
import NeuralNetworks
import Synchronization
import Testing
import Vocabulary

/// An interrupted run that goes on is the run that was never interrupted, bit for bit.
@Suite struct ResumeTests {
  static let plans: [(String, NetworkDescription, TrainingPlan)] = {
    var plan = TrainingPlan()
    (plan.epochs, plan.batchSize) = (4, .rows(100))
    var network = NetworkDescription()
    network.hidden = [20, 12]
    var all = [("adam", network, plan)]
    for optimizer in Optimizers.syntaxes.map(\.name) {
      var other = plan
      other.optimizer = Call(optimizer)
      if optimizer == "sgd" { other.optimizer = Call("sgd", [.init("momentum", .float(0.9))]) }
      all.append((optimizer, network, other))
    }
    for optimizer in Optimizers.syntaxes.map(\.name) {
      var other = plan
      (other.optimizer, other.averaging) = (Call(optimizer), Call("ema", [.init("decay", .float(0.9))]))
      all.append(("\(optimizer) averaged", network, other))
    }
    for schedule in RegistryTests.schedules {
      var other = plan
      other.schedule = schedule
      all.append((schedule.name, network, other))
      (other.schedule, other.weightDecay) = (Call("constant"), 0.1)
      (other.weightDecaySchedule, other.dropoutSchedule) = (schedule, schedule)
      var dropping = network
      dropping.dropout = 0.3
      all.append(("decay and dropout by \(schedule.name)", dropping, other))
    }
    var accumulating = plan
    (accumulating.accumulate, accumulating.clipNorm) = (3, 1)
    all.append(("accumulate and clip", network, accumulating))
    var normalised = network
    (normalised.batchNormalization, normalised.dropout) = (true, 0.2)
    all.append(("batch normalisation and dropout", normalised, plan))
    var ofLayers = network
    (ofLayers.normalization, ofLayers.dropout) = (.layer, 0.2)
    all.append(("layer normalisation and dropout", ofLayers, plan))
    all.append(("layer normalisation, accumulated and clipped", ofLayers, accumulating))
    for averaging in [nil, Call("ema")] {
      var free = plan
      (free.optimizer, free.averaging) = (Call("schedule_free"), averaging)
      free.earlyStopping = .init(patience: 2)
      all.append(("means of batch normalisation and dropout", normalised, free))
    }
    var stopping = plan
    (stopping.earlyStopping, stopping.noise) = (.init(patience: 2), 0.1)
    all.append(("early stopping and noise", network, stopping))
    return all
  }()

  @Test(arguments: plans.indices)
  func `a resumed run is the unbroken one`(_ index: Int) throws {
    let (_, network, plan) = Self.plans[index]
    let data = try DataSources.dataset(Call("digits"))
    let whole = try TrainingRun(network, plan, data: data)
    let reason = try whole.train()

    // Interrupted in the middle of the second epoch, kept, taken up by a new run, interrupted and taken up again.
    let broken = try TrainingRun(network, plan, data: data)
    #expect(try broken.train(isCancelled: after(17)) == .interrupted)
    #expect(broken.history.epochs == 1)
    let kept = try TrainingRun(checkpoint: broken.checkpoint(), data: data, threads: 2)
    #expect(try kept.train(isCancelled: after(9)) == .interrupted)
    #expect(try kept.train() == reason)
    #expect(kept.history == whole.history)
    #expect(kept.lastModel.parameters == whole.lastModel.parameters)
    #expect(kept.lastModel.statistics == whole.lastModel.statistics)
    #expect(kept.model.parameters == whole.model.parameters)
    #expect(kept.bestEpoch == whole.bestEpoch)
  }

  @Test(arguments: 1...7)
  func `an interrupt between a batch's chunks counts no gradient twice`(questions: Int) throws {
    let data = try DataSources.dataset(Call("digits"))
    var network = NetworkDescription()
    // So large that a chunk is a part of the batch.
    network.hidden = [1500, 1500]
    var plan = TrainingPlan()
    (plan.epochs, plan.batchSize, plan.accumulate, plan.optimizer) = (1, .rows(550), 2, Call("sgd"))
    let whole = try TrainingRun(network, plan, data: data, threads: 2)
    try whole.train()
    let broken = try TrainingRun(network, plan, data: data, threads: 2)
    _ = try broken.train(isCancelled: after(questions))
    try broken.train()
    #expect(broken.history == whole.history)
    // As one answer: the difference of two million numbers is not to be printed.
    let isSame = broken.lastModel.parameters == whole.lastModel.parameters
    #expect(isSame)
  }

  /// With batch normalisation a large batch stays whole, and is left between its tiles.
  @Test(arguments: [1, 2, 3, 5, 8, 13, 21, 34])
  func `an interrupt within a large normalised batch counts no statistics twice`(questions: Int) throws {
    let data = try DataSources.dataset(Call("moons", [.init("n", .int(12_000))]))
    var network = NetworkDescription()
    (network.hidden, network.batchNormalization) = ([160, 20], true)
    var plan = TrainingPlan()
    (plan.epochs, plan.batchSize) = (3, .all)
    #expect(data.training.count > 4096)
    let whole = try TrainingRun(network, plan, data: data, threads: 2)
    try whole.train()
    let broken = try TrainingRun(network, plan, data: data, threads: 2)
    #expect(try broken.train(isCancelled: after(questions)) == .interrupted)
    try broken.train()
    #expect(broken.history == whole.history)
    #expect(broken.lastModel.statistics == whole.lastModel.statistics)
    #expect(broken.lastModel.parameters == whole.lastModel.parameters)
  }

  @Test func `ten epochs more go on where the first ended`() throws {
    let data = try DataSources.dataset(Call("iris"))
    var plan = TrainingPlan()
    plan.epochs = 12
    let whole = try TrainingRun(NetworkDescription(), plan, data: data)
    try whole.train()
    plan.epochs = 5
    let parts = try TrainingRun(NetworkDescription(), plan, data: data)
    try parts.train()
    try parts.train(epochs: 12)
    #expect(parts.history == whole.history)
  }

  @Test func `a checkpoint of other data is refused, and a damaged one`() throws {
    let run = try TrainingRun(NetworkDescription(), TrainingPlan(), data: try DataSources.dataset(Call("iris")))
    let bytes = try run.checkpoint()
    let other = try DataSources.dataset(Call("digits"))
    #expect(throws: TrainingError.self) { try TrainingRun(checkpoint: bytes, data: other) }
    let iris = run.data
    for count in [0, 4, 20, bytes.count / 2, bytes.count - 1] {
      #expect(throws: TrainingError.self) { try TrainingRun(checkpoint: Array(bytes.prefix(count)), data: iris) }
    }
  }

  /// Says yes from the n-th question on.
  private func after(_ count: Int) -> @Sendable () -> Bool {
    let asked = Counter()
    return { asked.next() > count }
  }

  private final class Counter: Sendable {
    private let value = Atomic<Int>(0)
    func next() -> Int { value.add(1, ordering: .relaxed).newValue }
  }
}
