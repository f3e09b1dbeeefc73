import Vocabulary

/// Whether what a checkpoint says of a training fits the data, the plan and itself.
extension TrainingRun {
  /// Returns true if a training of this plan can stand there: every count follows from the epoch and the batch.
  func holds(_ position: Position, samples: Int, seconds: Double) -> Bool {
    let (batches, rows) = (order.batches, data.training.count)
    guard (0...TrainingRun.mostEpochs).contains(position.epoch), (0...batches).contains(position.batch) else {
      return false
    }
    let isEnd = position.batch == batches
    let perEpoch = (batches + plan.accumulate - 1) / plan.accumulate
    let done = isEnd ? rows : position.batch * plan.rowsPerBatch(of: rows)
    // By their weights, of mean 1 over an epoch, some rows count for more than one.
    let most = data.examples.weights.isEmpty ? done : rows + 1
    return position.updates == position.epoch * perEpoch + (isEnd ? perEpoch : position.batch / plan.accumulate)
      && position.waiting == (isEnd ? 0 : position.batch % plan.accumulate)
      && position.rows == done && (0...Double(most)).contains(position.correct)
      && samples == position.epoch * rows + done
      && FloatRange.nonNegative.contains(position.firstRate) && position.product.isFinite
      && position.mean.map(Self.isWhole) ?? true
      && FloatRange.nonNegative.contains(seconds)
  }

  /// Returns true for a history with an entry of each finished epoch, and a watch that belongs to the plan.
  func holds(_ history: History, _ stopping: EarlyStoppingState, epochs: Int) -> Bool {
    history.trainLoss.count == epochs && history.learningRate.count == epochs
      && history.valLoss.count == (data.validation.isEmpty ? 0 : epochs)
      && history.metrics.values.allSatisfy { $0.count == epochs }
      && self.stopping.canBecome(stopping, epochs: epochs)
  }

  private static func isWhole(_ mean: RunningMean) -> Bool {
    [mean.largestRate, mean.sum, mean.share].allSatisfy(FloatRange.nonNegative.contains)
  }

  /// More than any training has: sums of rows stay far from the end of `Int`.
  private static let mostEpochs = Int(Int32.max)
}

extension NetworkDescription {
  /// Returns true for settings that their options allow. The sizes are compared with the weights.
  var isWhole: Bool {
    hidden.allSatisfy { $0 > 0 } && FloatRange.share.contains(dropout)
      && initializer.map(Initializers.syntaxes.allow) ?? true
  }
}

extension TrainingPlan {
  /// Returns true for settings that their options allow.
  var isWhole: Bool {
    let counts = 1...Int(Int32.max)
    let sizes: Bool = if case .rows(let rows) = batchSize { counts.contains(rows) } else { true }
    let weights: Bool =
      if case .explicit(let weights) = classWeight { weights.allSatisfy(FloatRange.nonNegative.contains) } else { true }
    let stopping =
      earlyStopping.map { $0.patience >= 0 && FloatRange.nonNegative.contains($0.minDelta) } ?? true
    return counts.contains(epochs) && counts.contains(accumulate) && sizes && weights && stopping
      && Optimizers.syntaxes.allow(optimizer) && Schedules.syntaxes.allow(schedule)
      && [weightDecaySchedule, dropoutSchedule].allSatisfy { $0.map(Schedules.syntaxes.allow) ?? true }
      && averaging.map([Averaging.syntax].allow) ?? true
      && loss.map(Losses.all.allow) ?? true && [learningRate, clipNorm, maxNorm].allSatisfy(Self.isPositive)
      && [weightDecay ?? 0, l1, noise].allSatisfy(FloatRange.nonNegative.contains)
  }

  private static func isPositive(_ value: Double?) -> Bool { value.map(FloatRange.positive.contains) ?? true }
}
