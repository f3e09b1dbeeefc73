import Vocabulary

/// How a network is trained, as said. Every default is the language page's.
package struct TrainingPlan: Sendable, Equatable, Codable {
  package enum BatchSize: Sendable, Equatable, Codable {
    case rows(Int)
    /// Batch gradient descent.
    case all
  }
  package enum ClassWeight: Sendable, Equatable, Codable {
    case none
    /// n / (classes * count), as scikit-learn's.
    case balanced
    case explicit([Double])
  }
  package struct EarlyStopping: Sendable, Equatable, Codable {
    package var patience: Int
    package var minDelta: Double
    /// The metric that is watched; nil is val_loss.
    package var monitor: String?
    package init(patience: Int, minDelta: Double = 0, monitor: String? = nil) {
      self.patience = patience
      self.minDelta = minDelta
      self.monitor = monitor
    }
  }

  package var epochs = 10
  package var batchSize: BatchSize = .rows(64)
  /// A call of the optimizer registry; its options are the keys of `train` that belong to it (`momentum`, ...).
  package var optimizer = Call("adam")
  /// nil: the optimizer's PyTorch default.
  package var learningRate: Double?
  /// A call of the schedule registry.
  package var schedule = Call("constant")
  /// nil: inferred from the task.
  package var loss: Call?
  package var earlyStopping: EarlyStopping?
  package var weightDecay: Double?
  /// Calls of the schedule registry, for weight decay and dropout; nil: constant.
  package var weightDecaySchedule: Call?
  package var dropoutSchedule: Call?
  /// `ema(decay)`: evaluates and keeps a running mean of the weights.
  package var averaging: Call?
  package var l1 = 0.0
  package var clipNorm: Double?
  package var maxNorm: Double?
  /// Standard deviation of Gaussian noise added to the standardised inputs in training.
  package var noise = 0.0
  package var classWeight: ClassWeight = .none
  /// Batches whose gradients are averaged into one update.
  package var accumulate = 1
  package var shuffle = true
  /// Measured each epoch beside the losses and accuracies: `f1` is val_f1; `train_f1`, `test_f1` can be asked for.
  package var metrics: [Call] = []
  package var seed: UInt64 = 0

  package init() {}
}
