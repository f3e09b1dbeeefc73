import Foundation
import NeuralNetworks
import Search
import Studies
import Synchronization
import Vocabulary

/// What a trial of `tune` is: one training (or several, over seeds or folds) of a configuration, judged by the objectives.
///
/// Repeats and folds are trained epoch by epoch side by side, so that every report is a mean over all of them.
final class TrainingObjective: Sendable {
  private let request: TuneRequest
  /// What is searched: only a configuration that keeps to its rules can be the best.
  private let space: Search.Space
  /// The best trial's trained network so far, by trial number.
  private let kept = Mutex<[Int: Run]>([:])
  private let bestValue = Mutex<(number: Int, value: Double)?>(nil)

  /// Whether a trial's folds and repeats are trained one after the other, each reported as a step when it ends.
  private let reportsParts: Bool

  init(_ request: TuneRequest, pruner: Call = Call("none")) {
    self.request = request
    space = request.space
    reportsParts = WilcoxonPruner.compares(pruner)
  }

  /// The run of a trial of this call, if its weights were kept.
  func run(of trial: Int) -> Run? { kept.withLock { $0[trial] } }

  func evaluate(_ trial: TrialContext) throws -> [Double] {
    let deadline = request.trialTimeout.map { ContinuousClock.now + .seconds($0) }
    if let problem = FixedSettings.checked(ParameterReader.arguments(trial.point)).problems.first {
      throw TrialFailed(problem)
    }
    // A trial that is pruned or fails has been trained with something as well.
    trial.keep(request.configuration(of: trial), metrics: [:])
    let trainings = try self.trainings(trial)
    defer { trial.keep(request.configuration(of: trial), metrics: measured(trainings, trial)) }
    if reportsParts && trainings.count > 1 {
      try trainParts(trainings, trial, deadline)
    } else {
      try trainTogether(trainings, trial, deadline)
    }
    let parts = request.objectives.map { name in trainings.map { score($0, name, trial) } }
    let scores = parts.map { Spread($0) }
    let values = scores.map(\.mean)
    trial.keep(precision(of: trainings, parts, scores))
    keep(trainings[0], values, trial, measured(trainings, trial))
    return values
  }

  /// Fold by fold, or seed by seed.
  private func trainParts(
    _ trainings: [TrainingRun], _ trial: TrialContext, _ deadline: ContinuousClock.Instant?
  ) throws {
    for (index, training) in trainings.enumerated() {
      _ = try train(training, to: training.plan.epochs, of: training.plan.epochs, trial, deadline)
      guard request.objectives.count == 1 else { continue }
      let shouldPrune = try trial.report(step: index + 1, value: score(training, request.objectives[0], trial))
      let part = request.data.dataset.folds.isEmpty ? "repeat" : "fold"
      if shouldPrune && index + 1 < trainings.count { throw TrialPruned(reason: "after \(part) \(index + 1)") }
    }
  }

  /// Epoch by epoch, side by side.
  private func trainTogether(
    _ trainings: [TrainingRun], _ trial: TrialContext, _ deadline: ContinuousClock.Instant?
  ) throws {
    let epochs = trainings[0].plan.epochs
    var isDone = [Bool](repeating: false, count: trainings.count)
    for epoch in 1...epochs where isDone.contains(false) {
      for (index, training) in trainings.enumerated() where !isDone[index] {
        isDone[index] = try train(training, to: epoch, of: epochs, trial, deadline)
      }
      let shouldPrune = try report(epoch, trainings, trial)
      if shouldPrune && isDone.contains(false) { throw TrialPruned(reason: "after epoch \(epoch)") }
    }
  }

  private func trainings(_ trial: TrialContext) throws -> [TrainingRun] {
    let data = request.data.dataset
    let parts = data.folds.isEmpty ? [data] : data.folds.indices.map { data.fold($0) }
    let network = request.networkDescription(trial.point)
    do {
      return try parts.flatMap { part in
        try (0..<request.repeats).map { index in
          let seed = TrialContext.seed(study: trial.seed, number: index)
          return try TrainingRun(
            network, try request.plan(trial.point, seed: seed), data: part, initialWeights: request.imported?.weights,
            initialStatistics: request.imported?.statistics,
            threads: max(1, request.threads / request.parallel))
        }
      }
    } catch let error as TrainingError {
      throw TrialFailed(error.description)
    }
  }

  /// One epoch further. True where the training has ended.
  private func train(
    _ training: TrainingRun, to epoch: Int, of epochs: Int, _ trial: TrialContext, _ deadline: ContinuousClock.Instant?
  ) throws -> Bool {
    let reason: StopReason
    @Sendable func isLate() -> Bool { deadline.map { ContinuousClock.now > $0 } ?? false }
    do { reason = try training.train(epochs: epoch, isCancelled: { trial.isCancelled || isLate() }) } catch let error
      as TrainingError
    {
      throw TrialFailed(error.description)
    }
    switch reason {
    case .interrupted:
      if !trial.isCancelled, let limit = request.trialTimeout {
        throw TrialFailed("ended after trial_timeout=\(Argument.float(limit))s")
      }
      throw TrialCancelled()
    case .diverged(let divergence): throw TrialFailed(divergence.description)
    case .earlyStopped: return true
    case .finished, .stoppedByCaller: return epoch == epochs
    }
  }

  /// Every epoch is reported, pruner or not. Several objectives have no single report.
  private func report(_ epoch: Int, _ trainings: [TrainingRun], _ trial: TrialContext) throws -> Bool {
    guard request.objectives.count == 1, let series = seriesName(request.objectives[0]) else { return false }
    let values = trainings.compactMap { $0.history[series]?.last }
    guard values.count == trainings.count else { return false }
    return try trial.report(step: epoch, value: mean(values))
  }

  /// Each metric after the epoch that counts, after the best one (`best_val_accuracy`) and, if another epoch counts, after the last;
  /// means over repeats and folds. What was not measured in all trainings is left out.
  private func measured(_ trainings: [TrainingRun], _ trial: TrialContext) -> [String: Double] {
    var sums: [String: [Double]] = [:]
    for training in trainings {
      for (name, value) in measured(training) where value.isFinite { sums[name, default: []].append(value) }
    }
    var result = sums.compactMapValues { $0.count == trainings.count ? mean($0) : nil }
    // What a rule names and no epoch measures.
    for name in request.ruleMetrics where result[name] == nil && trainings.allSatisfy({ $0.epochs > 0 }) {
      let value = mean(trainings.map { score($0, name, trial) })
      if value.isFinite { result[name] = value }
    }
    return result
  }

  private func measured(_ training: TrainingRun) -> [String: Double] {
    let history = training.history
    let epochs = history.trainLoss.count
    guard epochs > 0 else { return [:] }
    let best = (training.bestEpoch ?? epochs) - 1
    let counted = training.plan.earlyStopping == nil ? epochs - 1 : best
    var result: [String: Double] = [
      "epochs": Double(epochs), "best_epoch": Double(best + 1),
      "parameters": Double(training.architecture.parameterCount),
    ]
    for name in ["train_loss", "val_loss"] + history.metrics.keys {
      guard let values = history[name], values.indices.contains(best), values.indices.contains(counted) else {
        continue
      }
      result[name] = values[counted]
      result["best_" + name] = values[best]
      if counted != epochs - 1, let last = values.last { result["last_" + name] = last }
    }
    return result
  }

  /// A trial scores its best epoch if early stopping restores it, else its last.
  private func score(_ training: TrainingRun, _ objective: String, _ trial: TrialContext) -> Double {
    switch objective {
    case "parameters": return Double(training.architecture.parameterCount)
    case "seconds": return training.seconds
    default: break
    }
    if objective.hasPrefix("test_") { return testScore(training, objective) }
    guard let series = seriesName(objective), let values = training.history[series], !values.isEmpty else {
      return .nan
    }
    let index = training.plan.earlyStopping == nil ? values.count - 1 : (training.bestEpoch ?? values.count) - 1
    return values[index]
  }

  private func testScore(_ training: TrainingRun, _ objective: String) -> Double {
    let name = MetricNames.base(objective) ?? "loss"
    let asked = name == "loss" ? [] : [Call(name)]
    return (try? training.model.evaluation(training.data, .test, metrics: asked))?[name] ?? .nan
  }

  /// The history's name of an objective; nil for what is known only at the end.
  private func seriesName(_ objective: String) -> String? {
    MetricNames.ofTrial.contains(objective) || objective.hasPrefix("test_") ? nil : objective
  }

  /// Only the best trial's weights are kept.
  private func keep(
    _ training: TrainingRun, _ values: [Double], _ trial: TrialContext, _ measured: [String: Double]
  ) {
    guard values.count == 1, values[0].isFinite else { return }
    let known = measured.merging([request.objectives[0]: values[0]]) { $1 }
    guard space.violations(of: trial.point, measured: known).allSatisfy({ $0 <= 0 }) else { return }
    let sign = request.directions[0] == .minimize ? 1.0 : -1
    let value = sign * values[0]
    let isBest = bestValue.withLock { best in
      if let (number, standing) = best, (standing, number) <= (value, trial.number) { return false }
      best = (trial.number, value)
      return true
    }
    guard isBest else { return }
    // Of several trainings this is the first one: the name says which network it is.
    let part = request.data.dataset.folds.isEmpty ? "" : " fold 1"
    var run = Run(name: "trial \(trial.number)" + part, data: request.data, training)
    run.stopped = run.stopped == "running" ? "finished" : run.stopped
    run.model = training.model
    run.trial = trial.number
    kept.withLock { $0 = [trial.number: run] }
  }

  /// What each objective's value was in each training, and what it would have been with other validation rows.
  private func precision(of trainings: [TrainingRun], _ parts: [[Double]], _ scores: [Spread]) -> TrialPrecision {
    let several = trainings.count > 1
    var precision = TrialPrecision(spread: several ? scores.map(\.deviation) : [])
    guard request.objectives.count == 1 else { return precision }
    if several { precision.parts = parts[0] }
    precision.folds = request.data.dataset.folds.count
    guard MetricNames.split(request.objectives[0]) == .validation, let metric = MetricNames.base(request.objectives[0])
    else { return precision }
    // Another loss has another scale.
    if metric == "loss", !trainings.allSatisfy({ $0.loss.isUsual(outputs: $0.architecture.outputs) }) {
      return precision
    }
    let replicates = trainings.compactMap { $0.model.replicates(of: metric, $0.data, .validation) }
    guard replicates.count == trainings.count, let first = replicates.first else { return precision }
    precision.replicates = first.indices.map { index in mean(replicates.map { $0[index] }) }
    let data = request.data.dataset
    precision.rows = data.folds.isEmpty ? data.validation.count : trainings[0].data.validation.count * data.folds.count
    return precision
  }

  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
