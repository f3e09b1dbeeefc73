import NeuralNetworks
import Vocabulary

extension Metrics {
  /// The largest absolute error.
  static let maxError = Metric(
    Syntax(
      "max_error", "largest absolute error", formula: "max of |o - y|", source: "scikit-learn's max_error",
      example: "train metrics=[max_error]"), .minimize, .regression
  ) { _, scores in zip(scores.predicted, scores.numbers).reduce(0) { max($0, abs($1.0 - $1.1)) } }
}
