/// What a training has shown, epoch by epoch. Every array has an entry for each finished epoch.
package struct History: Sendable, Equatable, Codable {
  package var trainLoss: [Double] = []
  /// Empty without a validation part.
  package var valLoss: [Double] = []
  /// The rate of each epoch's first update.
  package var learningRate: [Double] = []
  /// By full name: `val_accuracy`, `train_accuracy`, `val_f1`.
  package var metrics: [String: [Double]] = [:]

  package init() {}

  package var epochs: Int { trainLoss.count }

  /// The series of any name that can be asked for: `val_loss`, `train_loss`, `learning_rate` or a metric's.
  package subscript(name: String) -> [Double]? {
    switch name {
    case "train_loss": trainLoss
    case "val_loss": valLoss.isEmpty ? nil : valLoss
    case "learning_rate": learningRate
    default: metrics[name]
    }
  }

  mutating func append(_ record: EpochRecord) {
    trainLoss.append(record.trainLoss)
    if let loss = record.valLoss { valLoss.append(loss) }
    learningRate.append(record.learningRate)
    for (name, value) in record.metrics { metrics[name, default: []].append(value) }
  }
}

/// One finished epoch.
package struct EpochRecord: Sendable, Equatable {
  /// From 1.
  package var epoch: Int
  package var trainLoss: Double
  package var valLoss: Double?
  package var metrics: [String: Double]
  package var learningRate: Double
  /// Since the first batch, this session.
  package var seconds: Double

  package subscript(name: String) -> Double? {
    switch name {
    case "train_loss": trainLoss
    case "val_loss": valLoss
    case "learning_rate": learningRate
    default: metrics[name]
    }
  }
}

/// Where an epoch stands.
package struct BatchProgress: Sendable, Equatable {
  /// From 1.
  package var epoch: Int
  package var epochs: Int
  /// Batches done in this epoch.
  package var batch: Int
  package var batches: Int
  /// The mean loss of the epoch so far.
  package var trainLoss: Double
  package var seconds: Double
  package var samplesPerSecond: Double
}

/// Why a training is not running any more.
package enum StopReason: Sendable, Equatable, Codable {
  case finished
  case earlyStopped
  case interrupted
  /// The epoch callback said no: a pruned trial.
  case stoppedByCaller
  /// The loss is not finite.
  case diverged(Divergence)

  /// One word, as `run.stopped` shows it.
  package var word: String {
    switch self {
    case .finished: "finished"
    case .earlyStopped: "early"
    case .interrupted: "interrupted"
    case .stoppedByCaller: "pruned"
    case .diverged: "diverged"
    }
  }
}

/// Where a loss stopped being a number.
package struct Divergence: Sendable, Equatable, Codable, CustomStringConvertible {
  /// Both from 1.
  package var epoch: Int
  package var batch: Int
  package var learningRate: Double
  package var loss: Double
  /// Whether it is the validation rows' loss, while that of the training rows is a number; nil: no.
  package var isOfValidation: Bool?

  package var description: String {
    if isOfValidation == true {
      return
        "the validation loss became \(loss.isNaN ? "not a number" : "infinite") in epoch \(epoch), while the training loss did not"
    }
    return
      "the loss became \(loss.isNaN ? "not a number" : "infinite") in epoch \(epoch), batch \(batch), at learning rate \(learningRate)"
  }

  package var hint: String {
    isOfValidation == true
      ? "use standardize=robust if values lie far from those of the training rows (data names them), else a lower learning_rate"
      : "try a lower learning_rate, or clip_norm=1"
  }
}
