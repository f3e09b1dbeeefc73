import Datasets
import Foundation
import LinearAlgebra
import Vocabulary

/// One training: it can be run, interrupted, resumed, looked at. Used by one thread at a time.
///
///     let run = try TrainingRun(network, plan, data: data)
///     let reason = try run.train(onEpoch: { record in ...; return true })
///     run.history, run.model, run.bestEpoch
package final class TrainingRun: @unchecked Sendable {
  package let network: NetworkDescription
  package let data: Dataset
  package let architecture: Architecture
  package let loss: Loss
  package private(set) var plan: TrainingPlan

  package private(set) var history = History()
  /// nil before the first epoch's end and while training.
  package private(set) var stopped: StopReason?
  /// From 1; the epoch of the best monitored value (the last epoch where nothing is monitored). nil before an epoch's end.
  package private(set) var bestEpoch: Int?
  /// Seconds from first to last batch, over all calls.
  package private(set) var seconds = 0.0
  package private(set) var samples = 0

  let engine: Engine
  let watcher: Watcher
  /// The targets' squared differences from their means over the training rows, in the network's unit.
  private let trainingSquares: Double
  var schedule: any Schedule
  /// Of weight decay and dropout, where they have one.
  var decaySchedule: (any Schedule)?
  var dropoutSchedule: (any Schedule)?
  let baseRate: Double
  var position = Position()
  var stopping: EarlyStoppingState
  /// The parameters and statistics of the best epoch.
  var best: Snapshot?
  let order: EpochOrder

  /// Where training stands: bit for bit what is needed to go on.
  struct Position: Equatable, Codable {
    /// Finished epochs.
    var epoch = 0
    /// Batches done of the current one.
    var batch = 0
    /// Updates done in all.
    var updates = 0
    /// Batches whose gradients wait for an update.
    var waiting = 0
    var lossSum = 0.0
    var correct = 0.0
    /// For numbers: squared errors in deviations of the targets.
    var squares: Double? = 0
    var rows = 0
    var firstRate = 0.0
    /// The running product of the optimizer's factors (nadam's momenta).
    var product = 1.0
    /// The weights of schedule-free's mean; not there in files of older versions.
    var mean: RunningMean? = RunningMean()
  }

  struct Snapshot: Equatable {
    var parameters: [Float]
    var statistics: [Float]
  }

  /// Throws `TrainingError` for what cannot be: sizes, choices that do not fit the data, too little memory.
  /// `initialWeights` and `initialStatistics` (batch normalisation's) are flat arrays in the architecture's layout:
  /// imported ones.
  package init(
    _ network: NetworkDescription, _ plan: TrainingPlan, data: Dataset, initialWeights: [Float]? = nil,
    initialStatistics: [Float]? = nil, threads: Int = 1
  ) throws {
    try PlanCheck.check(network, plan, data)
    let choice = try OutputChoice(network, loss: plan.loss, data: data)
    try MemoryCheck.check(network, plan, data, outputs: choice.outputs, threads: threads)
    let architecture = Architecture(network, inputs: data.featureCount, outputs: choice.outputs, output: choice.output)
    if let initialWeights, initialWeights.count != architecture.parameterCount {
      throw TrainingError(
        "the weights are \(initialWeights.count) numbers, but the network has \(architecture.parameterCount) parameters"
      )
    }
    (self.network, self.plan, self.data, self.architecture, loss) = (network, plan, data, architecture, choice.loss)
    let type = try Optimizers.type(named: plan.optimizer.name)
    let optimizer = type.init(plan.optimizer)
    let batchRows = plan.rowsPerBatch(of: data.training.count)
    var rules = Engine.Rules(optimizer: optimizer)
    rules.weightDecay = plan.weightDecay ?? optimizer.defaultWeightDecay
    rules.averaging = plan.averaging.map(Averaging.decay)
    (rules.l1, rules.clipNorm, rules.maxNorm) = (plan.l1, plan.clipNorm, plan.maxNorm)
    (rules.noise, rules.accumulate, rules.seed) = (plan.noise, plan.accumulate, plan.seed)
    rules.classWeights = try plan.classWeights(data)
    let mean = data.weight(of: data.training) / Double(max(data.training.count, 1))
    // Sums over an epoch are then of as many rows as it has.
    rules.rowWeights = data.examples.weights.map { $0 / mean }
    let weights = try initialWeights ?? architecture.initialWeights(network.initializer, seed: plan.seed)
    engine = Engine(
      architecture, loss: choice.loss, rules: rules, examples: data.examples, scaling: data.scaling,
      targetScaling: data.targetScaling, batchRows: batchRows, parameters: weights, threads: threads)
    if let initialStatistics, initialStatistics.count == architecture.statisticsCount {
      engine.statistics.set(initialStatistics)
    }
    watcher = try Watcher(plan, data)
    trainingSquares = engine.labels.squares(about: data.training)
    baseRate = plan.learningRate ?? type.defaultLearningRate
    order = EpochOrder(data.training, batchRows: batchRows, shuffle: plan.shuffle, seed: plan.seed)
    let updates = (order.batches + plan.accumulate - 1) / plan.accumulate
    func schedule(_ call: Call, from start: Double) throws -> any Schedule {
      try Schedules.schedule(
        call, ScheduleHorizon(learningRate: start, epochs: plan.epochs, updatesPerEpoch: updates))
    }
    self.schedule = try schedule(plan.schedule, from: baseRate)
    decaySchedule = try plan.weightDecaySchedule.map { try schedule($0, from: rules.weightDecay) }
    dropoutSchedule = try plan.dropoutSchedule.map { try schedule($0, from: network.dropout) }
    engine.step.planned = plan.epochs * updates
    stopping = try EarlyStoppingState(plan.earlyStopping, data: data)
  }

  /// Takes up where a checkpoint left off.
  func restore(
    position: Position, stopping: EarlyStoppingState, schedule memory: [Double], history: History, stopped: StopReason?,
    bestEpoch: Int?, seconds: Double, samples: Int
  ) {
    (self.position, self.stopping, self.history) = (position, stopping, history)
    (self.stopped, self.bestEpoch, self.seconds, self.samples) = (stopped, bestEpoch, seconds, samples)
    schedule.memory = memory
  }

  /// Finished epochs.
  package var epochs: Int { history.epochs }
  /// Updates done in all.
  package var updates: Int { position.updates }
  package var samplesPerSecond: Double { seconds > 0 ? Double(samples) / seconds : 0 }

  /// Trains up to `epochs` in all (the plan's where nil), or until something ends it. Call it again to go on.
  ///
  /// `onBatch` is called after every batch, `onEpoch` after every epoch; false from it ends the training.
  /// `isCancelled` is looked at once a batch, and about every 4,096 rows in larger ones.
  @discardableResult
  package func train(
    epochs: Int? = nil, isCancelled: @escaping @Sendable () -> Bool = { false },
    onBatch: (BatchProgress) -> Void = { _ in },
    onEpoch: (EpochRecord) -> Bool = { _ in true }
  ) throws -> StopReason {
    let goal = epochs ?? plan.epochs
    stopped = nil
    engine.isCancelled = isCancelled
    defer { engine.isCancelled = { false } }
    let clock = ContinuousClock()
    let start = clock.now
    let (secondsBefore, samplesBefore) = (seconds, samples)
    func elapsed() -> Double { (clock.now - start) / .seconds(1) }
    defer { seconds = secondsBefore + elapsed() }
    order.prepare(epoch: position.epoch)
    while position.epoch < goal {
      if position.batch == 0 { position.firstRate = rate().rate }
      while position.batch < order.batches {
        guard !isCancelled(), trainBatch(isCancelled) else { return stop(.interrupted) }
        samples += order.rows(position.batch - 1).count
        if let divergence { return stop(.diverged(divergence)) }
        let now = elapsed()
        onBatch(progress(goal, seconds: secondsBefore + now, speed: Double(samples - samplesBefore) / max(now, 1e-9)))
      }
      seconds = secondsBefore + elapsed()
      guard let record = finishEpoch(isCancelled) else { return stop(.interrupted) }
      if let loss = record.valLoss, !loss.isFinite {
        return stop(
          .diverged(
            Divergence(
              epoch: record.epoch, batch: order.batches, learningRate: record.learningRate, loss: loss,
              isOfValidation: loss.isInfinite && record.trainLoss.isFinite)))
      }
      let goesOn = onEpoch(record)
      if stopping.isExhausted { return stop(.earlyStopped) }
      if !goesOn { return stop(.stoppedByCaller) }
    }
    return stop(.finished)
  }

  private func stop(_ reason: StopReason) -> StopReason {
    stopped = reason
    return reason
  }

  private func progress(_ goal: Int, seconds: Double, speed: Double) -> BatchProgress {
    BatchProgress(
      epoch: position.epoch + 1, epochs: goal, batch: position.batch, batches: order.batches,
      trainLoss: position.lossSum / Double(max(position.rows, 1)), seconds: seconds, samplesPerSecond: speed)
  }

  // MARK: One batch

  private var divergence: Divergence? {
    guard !position.lossSum.isFinite else { return nil }
    return Divergence(
      epoch: position.epoch + 1, batch: position.batch, learningRate: lastRate, loss: position.lossSum)
  }
  private var lastRate = 0.0

  private func rate() -> ScheduledRate {
    if let saidRate { return ScheduledRate(saidRate) }
    return schedule.rate(ScheduleMoment(epoch: position.epoch, update: position.updates))
  }

  var batchesPerEpoch: Int { order.batches }
  var rowsOfNextBatch: Int { order.rows(position.batch % order.batches).count }

  /// One batch at a rate of the caller's, for measurements: epochs go by without being finished. Returns its loss.
  func trainOneBatch(rate: Double) -> Double {
    if position.batch == order.batches {
      position.batch = 0
      position.epoch += 1
    }
    order.prepare(epoch: position.epoch)
    (position.lossSum, position.rows, position.correct, position.squares) = (0, 0, 0, 0)
    saidRate = rate
    defer { saidRate = nil }
    _ = trainBatch { false }
    return position.lossSum / max(engine.labels.weightSum(order.rows(position.batch - 1)), .leastNormalMagnitude)
  }
  private var saidRate: Double?

  /// Returns false where it was interrupted before the batch's update: nothing of it has counted then.
  private func trainBatch(_ isCancelled: () -> Bool) -> Bool {
    let rows = order.rows(position.batch)
    let weight = engine.labels.weightSum(rows, engine.rules.classWeights)
    // Rows of no weight have no loss, and no gradient.
    let scale = weight > 0 ? Float(1 / weight) : 0
    let first = order.start(position.batch)
    let isLast = position.batch == order.batches - 1
    let now = rate()
    lastRate = now.rate
    let moment = ScheduleMoment(epoch: position.epoch, update: position.updates)
    let planned = engine.step.planned
    engine.step = UpdateStep(
      number: position.updates + 1, rate: now.rate,
      decay: decaySchedule?.rate(moment).rate ?? engine.rules.weightDecay, l1: engine.rules.l1,
      momentum: engine.rules.optimizer.movesMomentum ? now.momentum : nil)
    engine.step.planned = planned
    engine.step.product = position.product * engine.rules.optimizer.productFactor(engine.step)
    engine.step.mean = position.mean ?? RunningMean()
    engine.rules.optimizer.weigh(&engine.step)
    engine.batch.dropout = min(dropoutSchedule?.rate(moment).rate ?? network.dropout, TrainingRun.mostDropout)
    var sums = LossSums()
    // What is left half-way is done again from the first chunk, whose gradient replaces what is there: only where none waits.
    engine.batch.mayStop = position.waiting == 0
    if engine.workspace.gradient.count == 0 {
      sums = engine.pass(rows, scale: scale, epoch: position.epoch, place: first)
      engine.followStatistics()
      engine.updateAtOnce()
      countUpdate()
    } else {
      var chunk = 0
      while chunk < rows.count {
        let end = min(rows.count, chunk + engine.chunkRows)
        let part = engine.pass(
          .init(rebasing: rows[chunk..<end]), scale: scale, epoch: position.epoch, place: first + chunk)
        sums.add(part)
        engine.addGradient(first: chunk == 0 && position.waiting == 0)
        chunk = end
        if engine.isLarge, engine.batch.mayStop, isCancelled() { return false }
      }
      engine.followStatistics()
      position.waiting += 1
      if position.waiting == engine.rules.accumulate || isLast { applyWaiting() }
    }
    if weight > 0 { position.lossSum += sums.loss / weight * engine.labels.weightSum(rows) }
    position.correct += sums.correct
    position.squares = (position.squares ?? 0) + sums.squares
    position.rows += rows.count
    position.batch += 1
    return true
  }

  private func applyWaiting() {
    var scale = 1 / Float(position.waiting)
    if let limit = engine.rules.clipNorm {
      // PyTorch's clip_grad_norm_: limit / (norm + 1e-6), at most 1.
      let norm = engine.gradientNorm(scale: scale)
      scale *= Float(min(1, limit / (norm + 1e-6)))
    }
    engine.step.scale = scale
    engine.applyGradient()
    countUpdate()
    position.waiting = 0
  }

  /// A dropout that a schedule moves stays below 1.
  private static let mostDropout = 0.999

  private func countUpdate() {
    engine.followMeans()
    position.updates += 1
    position.product = engine.step.product
    position.mean = engine.step.mean
  }

  // MARK: One epoch

  /// nil where it was interrupted while validating; the epoch's end is then still to come.
  private func finishEpoch(_ isCancelled: () -> Bool) -> EpochRecord? {
    var record = EpochRecord(
      epoch: position.epoch + 1, trainLoss: position.lossSum / Double(position.rows), valLoss: nil, metrics: [:],
      learningRate: position.firstRate, seconds: seconds)
    if data.task == .classification {
      record.metrics["train_accuracy"] = position.correct / Double(position.rows)
    } else {
      record.metrics["train_r2"] = trainingSquares == 0 ? .nan : 1 - (position.squares ?? 0) / trainingSquares
    }
    judging { watcher.measure(engine, into: &record) }
    if isCancelled() { return nil }
    let watched = record.valLoss ?? record.trainLoss
    schedule.observe(watched)
    decaySchedule?.observe(watched)
    dropoutSchedule?.observe(watched)
    let isBest = stopping.observe(record, direction: watcher.direction(of: stopping.monitor))
    if isBest {
      best = snapshot
      bestEpoch = record.epoch
    }
    history.append(record)
    position = Position(
      epoch: position.epoch + 1, updates: position.updates, product: position.product, mean: position.mean)
    order.prepare(epoch: position.epoch)
    return record
  }

  // MARK: What came out

  /// The network as it is to be used: the best epoch's weights after early stopping (asked for) or an interrupt, else the last.
  package var model: TrainedModel {
    let usesBest = best != nil && (plan.earlyStopping != nil || stopped == .interrupted)
    return usesBest ? bestModel : lastModel
  }

  package var lastModel: TrainedModel { model(snapshot) }

  package var bestModel: TrainedModel {
    model(best ?? snapshot)
  }

  private func model(_ weights: Snapshot) -> TrainedModel {
    TrainedModel(
      architecture, loss: loss, parameters: weights.parameters, statistics: weights.statistics, data: data)
  }

  // MARK: What is judged

  /// The weights and statistics that are judged now.
  private var snapshot: Snapshot {
    judging { Snapshot(parameters: engine.parameters.values, statistics: engine.statistics.values) }
  }

  /// Runs `body` with the weights to be judged in the engine: running means, schedule-free's x, or those that are trained.
  private func judging<Result>(_ body: () -> Result) -> Result {
    guard engine.hasJudgedWeights, position.updates > 0 else { return body() }
    if engine.rules.averaging == nil { engine.takeOwnPoint() }
    engine.exchangeJudged()
    defer { engine.exchangeJudged() }
    if engine.rules.averaging == nil, architecture.batchNormalization { measureStatistics() }
    return body()
  }

  /// Batch normalisation's statistics were those of y: as schedule-free's authors advise, some batches are run with x.
  private func measureStatistics() {
    let order = EpochOrder(data.training, batchRows: order.batchRows, shuffle: plan.shuffle, seed: plan.seed)
    order.prepare(epoch: 0)
    engine.measureStatistics((0..<min(order.batches, 50)).map(order.rows))
  }
}
