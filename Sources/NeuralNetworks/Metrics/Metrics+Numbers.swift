import Vocabulary

extension Metrics {
  /// The metrics of regression, in the target's own unit.
  static let ofNumbers: [Metric] = [
    Metric(
      Syntax("mae", "mean absolute error", formula: "mean of |o - y|", source: "scikit-learn's mean_absolute_error"),
      .minimize, .regression
    ) { _, scores in scores.mean { abs($0 - $1) } },
    Metric(
      Syntax("mse", "mean squared error", formula: "mean of (o - y)^2", source: "scikit-learn's mean_squared_error"),
      .minimize, .regression
    ) { _, scores in scores.mean { ($0 - $1) * ($0 - $1) } },
    Metric(
      Syntax(
        "rmse", "root of the mean squared error", formula: "sqrt(mean of (o - y)^2)",
        source: "scikit-learn's root_mean_squared_error"), .minimize, .regression
    ) { _, scores in scores.rootMeanSquare },
    Metric(
      Syntax(
        "mape", "mean absolute error relative to the target: 0.1 is 10 %",
        formula: "mean of |o - y| / max(|y|, 2.2e-16)", source: "scikit-learn's mean_absolute_percentage_error"),
      .minimize, .regression
    ) { _, scores in scores.mean { abs($0 - $1) / max(abs($1), Double.ulpOfOne) } },
    Metric(
      Syntax(
        "median_absolute_error", "median of the absolute errors", formula: "median of |o - y|",
        source: "scikit-learn's median_absolute_error"), .minimize, .regression
    ) { _, scores in scores.medianError },
    Metric(
      Syntax(
        "r2", "share of the variance that is explained", formula: "1 - sum (o - y)^2 / sum (y - mean y)^2",
        source: "scikit-learn's r2_score"), .maximize, .regression, needs: .spread
    ) { _, scores in scores.determination },
  ]
}
