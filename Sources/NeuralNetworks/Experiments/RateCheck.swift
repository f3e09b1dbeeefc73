import Datasets
import Foundation

/// Ten epochs at rates around a suggestion, where that is cheap.
///
/// What a range test sees over its hundred updates is another matter than what a rate reaches in a training of twenty: the
/// fewer the updates, the larger the best rate. Ten epochs of at most 300 updates in all are simply tried, from several
/// starts: on few rows one start, or the validation rows alone, decide by chance.
struct RateCheck {
  private let network: NetworkDescription
  private let plan: TrainingPlan
  private let data: Dataset
  private let initialWeights: [Float]?
  private let threads: Int
  private let isCancelled: @Sendable () -> Bool

  private static let updates = 300
  /// Half decades around the suggestion.
  private static let steps = -4...4
  private static let starts = 5
  /// Validation rows that decide alone. Fewer would decide by chance; the training rows know nothing of overfitting.
  private static let enough = 100

  init(
    _ network: NetworkDescription, _ plan: TrainingPlan, data: Dataset, initialWeights: [Float]?, threads: Int,
    isCancelled: @escaping @Sendable () -> Bool
  ) {
    (self.network, self.plan, self.data) = (network, plan, data)
    (self.initialWeights, self.threads, self.isCancelled) = (initialWeights, threads, isCancelled)
  }

  /// The rate of the least mean loss over starts; `rate` itself if a check would be long.
  func best(around rate: Double, in range: ClosedRange<Double>) throws -> Double {
    let batches =
      (data.training.count + plan.rowsPerBatch(of: data.training.count) - 1)
      / plan.rowsPerBatch(of: data.training.count)
    guard plan.epochs * batches <= Self.updates else { return rate }
    let rates = Self.steps.map { rate * pow(10, Double($0) / 2) }.filter(range.contains)
    let losses = try rates.map(loss)
    let known = rates.indices.filter { losses[$0].isFinite }
    return known.min { losses[$0] < losses[$1] }.map { rates[$0] } ?? rate
  }

  private func loss(at rate: Double) throws -> Double {
    var sum = 0.0
    for start in 0..<Self.starts {
      sum += try loss(at: rate, start: start)
      if !sum.isFinite { break }
    }
    return sum / Double(Self.starts)
  }

  /// The loss of the validation rows in the last epoch, or if they are few, the mean with that of the training rows; NaN if the training did not reach it.
  private func loss(at rate: Double, start: Int) throws -> Double {
    var plan = plan
    plan.learningRate = rate
    plan.seed &+= UInt64(start)
    let run = try TrainingRun(network, plan, data: data, initialWeights: initialWeights, threads: threads)
    switch try run.train(isCancelled: isCancelled) {
    case .interrupted: throw TrainingCancelled()
    case .finished: break
    default: return .nan
    }
    guard let trained = run.history.trainLoss.last else { return .nan }
    guard let held = run.history.valLoss.last else { return trained }
    if data.validation.count >= Self.enough { return held }
    let (rows, others) = (Double(data.training.count), Double(data.validation.count))
    return (trained * rows + held * others) / (rows + others)
  }
}
