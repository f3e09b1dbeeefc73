import Datasets
import LinearAlgebra
import Vocabulary

extension TrainedModel {
  /// Replicates that are drawn: their standard deviation is known to about an eighth.
  package static let replicates = 32

  /// How a metric changes when each row counts double or not at all, by the throw of a coin: their root mean square is the
  /// standard error that comes from which rows there are (half-samples; B. Efron, The Jackknife, the Bootstrap and Other
  /// Resampling Plans, 1982).
  ///
  /// The coins depend on a row's place alone, so the replicates of two models on the same rows can be subtracted. `metric` may be
  /// `loss`, if it is the usual one of its task. nil if the metric is undefined, or there are fewer than 30 rows. O(32 rows).
  package func replicates(of metric: String, _ data: Dataset, _ split: Split, threads: Int = 1) -> [Double]? {
    let count = data.rows(split).count
    guard count >= 30, let evaluation = try? evaluation(data, split, threads: threads) else { return nil }
    var scores = evaluation.scores
    guard let measure = Self.measure(metric, scores), let whole = measure(scores), whole.isFinite else { return nil }
    let weights = scores.weights
    var result: [Double] = []
    for replicate in 0..<Self.replicates {
      var stream = RandomStream(seed: 0, "half sample", replicate)
      var coins: UInt64 = 0
      scores.weights = (0..<count).map { row in
        if row % 64 == 0 { coins = stream.next() }
        defer { coins >>= 1 }
        return coins & 1 == 1 ? 2 * (weights.isEmpty ? 1 : weights[row]) : 0
      }
      guard let value = measure(scores), value.isFinite else { return nil }
      result.append(value - whole)
    }
    return result
  }

  private static func measure(_ name: String, _ scores: Scores) -> ((Scores) -> Double?)? {
    if name == "loss" {
      let isClassified = scores.classCount > 0 && !scores.classes.isEmpty
      return isClassified ? { $0.logLoss } : { $0.mean { ($0 - $1) * ($0 - $1) } }
    }
    guard !name.contains("("), let metric = Metrics.metric(of: "val_" + name) else { return nil }
    return { metric.value(Call(name), $0) }
  }
}

extension Loss {
  /// Whether it is the one that people expect of a task: softmax's or the logistic one without smoothing, or the squared error.
  package func isUsual(outputs: Int) -> Bool {
    switch self {
    case .crossEntropy(smoothing: 0), .meanSquaredError: true
    case .binaryCrossEntropy: outputs == 1
    default: false
    }
  }
}
