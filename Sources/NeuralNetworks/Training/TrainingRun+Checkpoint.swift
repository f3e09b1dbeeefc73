import Datasets
import Vocabulary

extension TrainingRun {
  private struct Header: Codable {
    var kind = "checkpoint"
    var network: NetworkDescription
    var plan: TrainingPlan
    var dataMark: String
    /// Not there in files of older versions, whose targets were not scaled.
    var targetScaling: TargetScaling?
    var position: Position
    var stopping: EarlyStoppingState
    var schedule: [Double]
    /// What the schedules of weight decay and dropout keep; not there without them.
    var otherSchedules: [[Double]]?
    var history: History
    var stopped: StopReason?
    var bestEpoch: Int?
    var seconds: Double
    var samples: Int
    var hasBest: Bool
  }

  /// Everything that is needed to go on bit for bit: weights, optimizer state, position, schedule, best weights, history.
  package func checkpoint() throws -> [UInt8] {
    let header = Header(
      network: network, plan: plan, dataMark: Self.mark(data), targetScaling: data.targetScaling, position: position,
      stopping: stopping,
      schedule: schedule.memory, otherSchedules: decaySchedule ?? dropoutSchedule == nil ? nil : otherMemories,
      history: history, stopped: stopped, bestEpoch: bestEpoch, seconds: seconds,
      samples: samples, hasBest: best != nil)
    let waiting = position.waiting > 0 ? engine.workspace.gradient.values : []
    return try Container.bytes(
      header,
      [
        engine.parameters.values, engine.state.values, engine.statistics.values, waiting, best?.parameters ?? [],
        best?.statistics ?? [],
      ] + (engine.rules.averaging == nil ? [] : [engine.judged.values]))
  }

  /// A run as it stood when the checkpoint was taken. Throws if the file is damaged or the data is not the same.
  package convenience init(checkpoint bytes: [UInt8], data: Dataset, threads: Int = 1) throws {
    guard let (header, arrays) = try? Container.read(bytes, as: Header.self), header.kind == "checkpoint",
      arrays.count == (header.plan.averaging == nil ? 6 : 7), header.network.isWhole, header.plan.isWhole
    else { throw Self.damaged }
    guard header.dataMark == Self.mark(data) else {
      throw TrainingError(
        "the checkpoint was made with other data", hint: "load the same data with the same split and seed first")
    }
    let data = header.targetScaling == nil ? data.withPlainTargets : data
    guard let choice = try? OutputChoice(header.network, loss: header.plan.loss, data: data),
      arrays[0].count == header.network.parameterCount(inputs: data.featureCount, outputs: choice.outputs)
    else { throw Self.damaged }
    try self.init(header.network, header.plan, data: data, initialWeights: arrays[0], threads: threads)
    let gradients = header.position.waiting > 0 ? engine.workspace.gradient.count : 0
    guard arrays[1].count == engine.state.count, arrays[2].count == engine.statistics.count,
      arrays[3].count == gradients, holds(header.position, samples: header.samples, seconds: header.seconds),
      holds(header.history, header.stopping, epochs: header.position.epoch),
      header.hasBest == (header.bestEpoch != nil),
      header.bestEpoch.map({ $0 >= 1 && $0 <= header.position.epoch }) ?? true,
      arrays[4].count == (header.hasBest ? architecture.parameterCount : 0),
      arrays[5].count == (header.hasBest ? architecture.statisticsCount : 0)
    else { throw Self.damaged }
    engine.state.set(arrays[1])
    engine.statistics.set(arrays[2])
    if arrays.count > 6 {
      guard arrays[6].count == engine.judged.count else { throw Self.damaged }
      engine.judged.set(arrays[6])
    }
    if gradients > 0 { engine.workspace.gradient.set(arrays[3]) }
    restore(
      position: header.position, stopping: header.stopping, schedule: header.schedule, history: header.history,
      // One that was written while it trained ended with its process.
      stopped: header.stopped ?? .interrupted, bestEpoch: header.bestEpoch, seconds: header.seconds,
      samples: header.samples)
    // A schedule takes only what it can have written.
    if let memories = header.otherSchedules, memories.count == 2 {
      decaySchedule?.memory = memories[0]
      dropoutSchedule?.memory = memories[1]
    }
    guard schedule.memory == header.schedule, header.otherSchedules.map({ $0 == otherMemories }) ?? true else {
      throw Self.damaged
    }
    best = header.hasBest ? Snapshot(parameters: arrays[4], statistics: arrays[5]) : nil
  }

  private var otherMemories: [[Double]] { [decaySchedule?.memory ?? [], dropoutSchedule?.memory ?? []] }

  private static var damaged: TrainingError {
    TrainingError("the file is not a whole checkpoint", hint: "copy it again, or train anew")
  }

  /// Tells datasets and splits apart: sizes, rows and targets, hashed (FNV-1a).
  static func mark(_ data: Dataset) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func absorb(_ value: UInt64) { hash = (hash ^ value) &* 0x0000_0100_0000_01b3 }
    for row in data.training { absorb(UInt64(truncatingIfNeeded: row)) }
    for row in data.validation { absorb(UInt64(truncatingIfNeeded: row)) }
    switch data.examples.targets {
    case .classes(let classes): for value in classes { absorb(UInt64(truncatingIfNeeded: value)) }
    case .numbers(let numbers, _): for value in numbers { absorb(UInt64(Float(value).bitPattern)) }
    }
    for value in data.scaling.mean + data.scaling.deviation { absorb(UInt64(value.bitPattern)) }
    return "\(data.featureCount):\(data.training.count):\(data.validation.count):\(String(hash, radix: 16))"
  }
}
