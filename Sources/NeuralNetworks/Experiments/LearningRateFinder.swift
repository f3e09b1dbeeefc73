import Datasets
import Foundation
import Vocabulary

/// The range test: one pass over the data while the rate grows exponentially, the loss noted at every update.
///
/// L. Smith, 2017, "Cyclical Learning Rates for Training Neural Networks"; the choice of the suggestion follows
/// A. Geron, Hands-On Machine Learning: a tenth of the rate at which the loss blows up.
package struct LearningRateFinder: Sendable {
  package struct Point: Sendable, Equatable {
    package var rate: Double
    /// Smoothed by a bias-corrected running mean.
    package var loss: Double
  }

  package let points: [Point]
  package let suggestion: Double
  /// The rate of the least smoothed loss.
  package let lowest: Double
  /// Where the loss passed four times its least, or stopped being finite; nil where it never did.
  package let blowUp: Double?

  /// `updates` batches (default: an epoch's, at least 100) from rate `low` to `high`.
  package init(
    _ network: NetworkDescription, _ plan: TrainingPlan, data: Dataset, low: Double = 1e-5, high: Double = 10,
    updates: Int? = nil, initialWeights: [Float]? = nil, threads: Int = 1,
    isCancelled: @Sendable () -> Bool = { false },
    onUpdate: (_ done: Int, _ of: Int) -> Void = { _, _ in }
  ) throws {
    guard low > 0, high > low, high.isFinite else {
      throw TrainingError("the range test needs 0 < low < high", about: "high")
    }
    var plan = plan
    (plan.schedule, plan.earlyStopping, plan.metrics, plan.learningRate) = (Call("constant"), nil, [], low)
    let run = try TrainingRun(network, plan, data: data, initialWeights: initialWeights, threads: threads)
    let total = updates ?? max(100, run.batchesPerEpoch)
    let growth = pow(high / low, 1 / Double(max(total - 1, 1)))
    var points: [Point] = []
    var (mean, best, blowUp) = (0.0, Double.infinity, Double?.none)
    for update in 0..<total {
      if isCancelled() { throw TrainingCancelled() }
      let rate = low * pow(growth, Double(update))
      let loss = run.trainOneBatch(rate: rate)
      mean = 0.95 * mean + 0.05 * loss
      let smooth = mean / (1 - pow(0.95, Double(update + 1)))
      guard smooth.isFinite else {
        blowUp = rate
        break
      }
      points.append(Point(rate: rate, loss: smooth))
      best = min(best, smooth)
      onUpdate(update + 1, total)
      if update > 10, smooth > 4 * best {
        blowUp = rate
        break
      }
    }
    guard let lowest = points.min(by: { $0.loss < $1.loss }) else {
      throw TrainingError(
        "the loss is not finite at the lowest rate \(low)", hint: "say a lower one, or look at the data",
        about: "low")
    }
    self.points = points
    self.lowest = lowest.rate
    self.blowUp = blowUp
    // Never beyond a third of where the loss was least: there it is about to rise.
    suggestion = min((blowUp ?? high) / 10, lowest.rate / 3)
  }
}

/// Thrown where a measurement was asked to stop.
package struct TrainingCancelled: Error {
  package init() {}
}
