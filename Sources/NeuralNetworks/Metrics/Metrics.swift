import Datasets
import Vocabulary

/// Every metric that `metrics=` and `objective=` know, beside the losses.
package enum Metrics {
  package static let all: [Metric] = [
    Metric(
      syntax: Syntax(
        "accuracy", "share of rows whose likeliest class is right",
        formula: "rows with argmax_j o_j = y, over rows; of two classes o > 1/2 decides",
        source: "scikit-learn's accuracy_score"), direction: .maximize,
      tasks: [.classification]
    ) { _, scores in scores.topShare(1) },
    Metric(syntax: topSyntax, direction: .maximize, tasks: [.classification]) { call, scores in
      scores.topShare(call.int("k", topSyntax) ?? 3)
    },
    Metric(
      syntax: Syntax(
        "precision", "how many of a class's predictions are right, averaged over classes",
        formula: "mean over classes of TP / (TP + FP); of the second class alone where there are two",
        source: "scikit-learn's precision_score (macro)"),
      direction: .maximize, tasks: [.classification]
    ) { _, scores in Confusion(scores).average { $0.precision } },
    Metric(
      syntax: Syntax(
        "recall", "how many of a class's rows are found, averaged over classes",
        formula: "mean over classes of TP / (TP + FN); of the second class alone where there are two",
        source: "scikit-learn's recall_score (macro)"),
      direction: .maximize, tasks: [.classification]
    ) { _, scores in Confusion(scores).average { $0.recall } },
    Metric(
      syntax: Syntax(
        "f1", "harmonic mean of precision and recall, averaged over classes",
        formula: "mean over classes of 2 TP / (2 TP + FP + FN); of the second class alone where there are two",
        source: "scikit-learn's f1_score (macro)"),
      direction: .maximize, tasks: [.classification]
    ) { _, scores in Confusion(scores).average { $0.f1 } },
    Metric(
      syntax: Syntax(
        "auc", "area under the ROC curve; one class against the rest, averaged, where there are more than two",
        formula: "share of (positive, negative) pairs in the right order, ties half",
        source: "scikit-learn's roc_auc_score (ovr, macro)"),
      direction: .maximize, tasks: [.classification]
    ) { _, scores in scores.areaUnderCurve },
    Metric(
      syntax: Syntax(
        "mae", "mean absolute error", formula: "mean of |o - y|", source: "scikit-learn's mean_absolute_error"),
      direction: .minimize, tasks: [.regression]
    ) { _, scores in scores.mean { abs($0 - $1) } },
    Metric(
      syntax: Syntax(
        "mse", "mean squared error", formula: "mean of (o - y)^2", source: "scikit-learn's mean_squared_error"),
      direction: .minimize, tasks: [.regression]
    ) { _, scores in scores.mean { ($0 - $1) * ($0 - $1) } },
    Metric(
      syntax: Syntax(
        "r2", "share of the variance that is explained", formula: "1 - sum (o - y)^2 / sum (y - mean y)^2",
        source: "scikit-learn's r2_score"), direction: .maximize, tasks: [.regression]
    ) { _, scores in scores.determination },
  ]

  private static let topSyntax = Syntax(
    "top_k", "share of rows whose right class is among the k likeliest",
    formula: "rows for which fewer than k classes are likelier than y, over rows",
    source: "scikit-learn's top_k_accuracy_score",
    options: [Option("k", .int(1...1_000_000), default: .int(3), "how many")], example: "metrics=[top_k(3)]")

  package static func metric(named name: String) throws -> Metric {
    guard let found = all.first(where: { $0.syntax.name == name }) else {
      throw TrainingError(
        "no metric is called '\(name)'", hint: "known: " + all.map(\.syntax.name).joined(separator: ", "))
    }
    return found
  }

  /// The direction of a full name: `val_loss`, `train_f1`, `parameters`, `seconds`; nil for an unknown one.
  package static func direction(of name: String) -> Metric.Direction? {
    if ["parameters", "seconds"].contains(name) { return .minimize }
    var base = String(name.prefix { $0 != "(" })
    for prefix in ["train_", "val_", "test_"] where base.hasPrefix(prefix) { base.removeFirst(prefix.count) }
    if base == "loss" { return .minimize }
    return all.first { $0.syntax.name == base }?.direction
  }
}
