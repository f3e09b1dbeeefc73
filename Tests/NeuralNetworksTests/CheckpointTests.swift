import Datasets
import NeuralNetworks
import Synchronization
import Testing
import Vocabulary

private final class Counter: Sendable {
  private let value = Mutex(0)
  var count: Int { value.withLock { $0 } }
  func add() { value.withLock { $0 += 1 } }
}

/// A training that goes on from a checkpoint ends as if it had never stopped, bit for bit.
@Suite struct CheckpointTests {
  private static let data = try! DataSources.dataset(Call("iris"))

  private static func plan(_ change: (inout TrainingPlan) -> Void) -> TrainingPlan {
    var plan = TrainingPlan()
    plan.epochs = 5
    plan.batchSize = .rows(16)
    change(&plan)
    return plan
  }

  private static var network: NetworkDescription {
    var network = NetworkDescription()
    network.hidden = [8, 6]
    (network.dropout, network.batchNormalization) = (0.3, true)
    return network
  }

  /// Stops within the third epoch, after three of its batches.
  private func check(_ plan: TrainingPlan) throws {
    let whole = try TrainingRun(Self.network, plan, data: Self.data)
    try whole.train()
    let first = try TrainingRun(Self.network, plan, data: Self.data)
    let batches = Counter()
    let reason = try first.train(isCancelled: { batches.count >= 15 }, onBatch: { _ in batches.add() })
    #expect(reason == .interrupted && first.epochs == 2)
    let second = try TrainingRun(checkpoint: try first.checkpoint(), data: Self.data, threads: 2)
    #expect(second.plan == plan && second.epochs == 2)
    try second.train()
    #expect(second.model == whole.model)
    #expect(second.history == whole.history)
    #expect(second.bestEpoch == whole.bestEpoch)
  }

  @Test(arguments: Optimizers.syntaxes.map(\.name))
  func `with every optimizer`(name: String) throws {
    try check(Self.plan { $0.optimizer = Call(name) })
    if name == "sgd" { try check(Self.plan { $0.optimizer = Call(name, [.init("momentum", .float(0.9))]) }) }
  }

  @Test(arguments: Schedules.syntaxes.map(\.name))
  func `with every schedule`(name: String) throws {
    var call = Call(name)
    if name == "piecewise" {
      call.arguments = [
        .init("boundaries", .list([.int(1), .int(3)])),
        .init("rates", .list([.float(0.1), .float(0.01), .float(0.001)])),
      ]
    }
    let names = Schedules.syntaxes.first { $0.name == name }!.options.map(\.name)
    if name == "piecewise" { call.arguments[0].name = names[0]; call.arguments[1].name = names[1] }
    try check(Self.plan { $0.schedule = call })
  }

  @Test func `with gradients that wait for their update`() throws {
    try check(Self.plan { ($0.accumulate, $0.clipNorm) = (4, 0.5) })
  }

  @Test func `with early stopping, whose best weights are kept`() throws {
    try check(Self.plan { $0.earlyStopping = .init(patience: 30) })
  }

  @Test func `other data is refused, and so is what is cut off`() throws {
    let run = try TrainingRun(Self.network, Self.plan { _ in }, data: Self.data)
    try run.train(epochs: 1)
    let bytes = try run.checkpoint()
    var other = Preparation()
    other.seed = 9
    #expect(throws: TrainingError.self) {
      try TrainingRun(checkpoint: bytes, data: DataSources.dataset(Call("iris"), other))
    }
    for count in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 50)) {
      #expect(throws: TrainingError.self) { try TrainingRun(checkpoint: Array(bytes.prefix(count)), data: Self.data) }
    }
  }
}
