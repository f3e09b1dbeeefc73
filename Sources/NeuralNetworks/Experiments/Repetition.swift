import Datasets
import Foundation

/// The mean of several values with their spread.
package struct Spread: Sendable, Equatable {
  package let values: [Double]

  package init(_ values: [Double]) { self.values = values }

  package var mean: Double { values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count) }
  /// The sample's standard deviation (n - 1); 0 for one value.
  package var deviation: Double {
    guard values.count > 1 else { return 0 }
    let mean = mean
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
  }
  package var standardError: Double { deviation / Double(max(values.count, 1)).squareRoot() }
}

/// One configuration trained several times: over seeds, over the folds of the data, or both.
///
/// The runs go epoch by epoch side by side, so that a pruner sees means over all of them. Runs are independent;
/// `threads` trains that many at a time, and changes no number.
package final class Repetition: @unchecked Sendable {
  package let runs: [TrainingRun]

  /// `seeds` are the plans' seeds. With folds in the data each seed trains every fold.
  package init(
    _ network: NetworkDescription, _ plan: TrainingPlan, data: Dataset, seeds: [UInt64], initialWeights: [Float]? = nil
  ) throws {
    let parts = data.folds.isEmpty ? [data] : data.folds.indices.map { data.fold($0) }
    runs = try seeds.flatMap { seed in
      try parts.map { part in
        var plan = plan
        plan.seed = seed
        return try TrainingRun(network, plan, data: part, initialWeights: initialWeights)
      }
    }
  }

  /// Trains all to the end, each by itself but in step: after an epoch of each, `onEpoch` is given the mean record.
  /// A run that stops early keeps its last record. Returns the first reason that is not a normal end, if any.
  @discardableResult
  package func train(
    isCancelled: @escaping @Sendable () -> Bool = { false }, onEpoch: (EpochRecord) -> Bool = { _ in true }
  ) throws -> StopReason {
    let goal = runs.first?.plan.epochs ?? 0
    var last = [EpochRecord?](repeating: nil, count: runs.count)
    for epoch in 1...max(goal, 1) {
      for (index, run) in runs.enumerated() where run.stopped != .earlyStopped {
        let reason = try run.train(
          epochs: epoch, isCancelled: isCancelled,
          onEpoch: { record in
            last[index] = record
            return true
          })
        switch reason {
        case .finished, .earlyStopped: break
        default: return reason
        }
      }
      guard let mean = EpochRecord.mean(last.compactMap { $0 }, epoch: epoch) else { return .finished }
      if !onEpoch(mean) { return .stoppedByCaller }
      if runs.allSatisfy({ $0.stopped == .earlyStopped }) { return .earlyStopped }
    }
    return .finished
  }

  /// The spread of a value over the runs: of each run's best epoch where early stopping restores it, else of its last.
  package func spread(_ name: String) -> Spread {
    Spread(runs.compactMap { $0.value(name) })
  }
}

extension TrainingRun {
  /// A value of the epoch that counts: the best one where early stopping restores it, else the last.
  package func value(_ name: String) -> Double? {
    guard let series = history[name], let last = series.last else { return nil }
    if plan.earlyStopping != nil, let bestEpoch, series.indices.contains(bestEpoch - 1) { return series[bestEpoch - 1] }
    return last
  }
}

extension EpochRecord {
  /// The mean of several records' values.
  static func mean(_ records: [EpochRecord], epoch: Int) -> EpochRecord? {
    guard let first = records.first else { return nil }
    func mean(_ value: (EpochRecord) -> Double?) -> Double? {
      let values = records.compactMap(value)
      return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
    var result = first
    result.epoch = epoch
    result.trainLoss = mean { $0.trainLoss } ?? .nan
    result.valLoss = mean { $0.valLoss }
    for name in first.metrics.keys { result.metrics[name] = mean { $0.metrics[name] } }
    result.seconds = records.reduce(0) { $0 + $1.seconds }
    return result
  }
}
