import Datasets
import Vocabulary

/// Which epoch was best, and how many in a row have brought nothing.
///
/// An improvement is strict and by more than min_delta; a NaN is worse than everything. The best epoch is followed
/// without early stopping too (an interrupt keeps it), then by val_loss, or train_loss without a validation part.
struct EarlyStoppingState: Equatable, Codable {
  let monitor: String
  private let patience: Int?
  private let minDelta: Double
  private(set) var best: Double?
  private(set) var wait = 0

  init(_ plan: TrainingPlan.EarlyStopping?, data: Dataset) throws {
    let hasValidation = !data.validation.isEmpty
    monitor = plan?.monitor ?? (hasValidation || plan != nil ? "val_loss" : "train_loss")
    if plan != nil, monitor.hasPrefix("val_"), !hasValidation {
      throw TrainingError(
        "early stopping watches \(monitor), but the data has no validation part", hint: "say data ... validation=0.2",
        about: "early_stopping")
    }
    patience = plan?.patience
    minDelta = plan?.minDelta ?? 0
  }

  /// Returns true if a stored state can have come from this one, which has seen nothing yet, after so many epochs.
  func canBecome(_ stored: EarlyStoppingState, epochs: Int) -> Bool {
    stored.monitor == monitor && stored.patience == patience && stored.minDelta == minDelta
      && (0...epochs).contains(stored.wait) && stored.best.map { !$0.isNaN } ?? true
  }

  var isExhausted: Bool { patience.map { wait >= max($0, 1) } ?? false }

  /// Returns whether the epoch is the best so far.
  mutating func observe(_ record: EpochRecord, direction: Metric.Direction) -> Bool {
    guard let value = record[monitor], !value.isNaN else {
      wait += 1
      return false
    }
    let improved =
      switch (best, direction) {
      case (nil, _): true
      case (let best?, .minimize): value < best - minDelta
      case (let best?, .maximize): value > best + minDelta
      }
    if improved {
      best = value
      wait = 0
    } else {
      wait += 1
    }
    return improved
  }
}
