import Datasets
import Foundation
import Vocabulary

/// The range test: one pass over the data while the rate grows exponentially, the loss noted at every update.
///
/// L. Smith, 2017, "Cyclical Learning Rates for Training Neural Networks". How the suggestion is read from the curve stands at
/// `RangeReading`; where ten epochs are few updates, they are trained at rates around it, and the best of them is suggested.
package struct LearningRateFinder: Sendable {
  package struct Point: Sendable, Equatable {
    package var rate: Double
    /// Smoothed by a bias-corrected running mean.
    package var loss: Double
  }

  package let points: [Point]
  /// Always within the rates tested; nil if the curve does not tell.
  package let suggestion: Double?
  /// Why there is no suggestion, and what to change.
  package let doubt: TrainingError?

  /// `updates` batches (default: an epoch's, at least 100) from rate `low` to `high`.
  package init(
    _ network: NetworkDescription, _ plan: TrainingPlan, data: Dataset, low: Double = 1e-6, high: Double = 10,
    updates: Int? = nil, initialWeights: [Float]? = nil, threads: Int = 1,
    isCancelled: @escaping @Sendable () -> Bool = { false },
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
    var curve = RangeReading()
    for update in 0..<total {
      if isCancelled() { throw TrainingCancelled() }
      let rate = min(high, low * pow(growth, Double(update)))
      let goesOn = curve.add(rate: rate, loss: run.trainOneBatch(rate: rate))
      onUpdate(update + 1, total)
      if !goesOn { break }
    }
    points = curve.points
    let unclear = curve.doubt(low: low, high: high)
    guard unclear == nil, let read = curve.suggestion else {
      (suggestion, doubt) = (nil, unclear)
      return
    }
    let best = try RateCheck(
      network, plan, data: data, initialWeights: initialWeights, threads: threads, isCancelled: isCancelled
    ).best(around: read, in: low...(curve.blowUp ?? high))
    // Nothing was seen below it.
    let isLowest = best < 2 * low
    suggestion = isLowest ? nil : best
    doubt =
      isLowest
      ? TrainingError(
        "the lowest rates tested are the best: lower ones may be better",
        hint: "use a low= that is a thousand times smaller") : nil
  }
}

/// Thrown where a measurement was asked to stop.
package struct TrainingCancelled: Error {
  package init() {}
}
