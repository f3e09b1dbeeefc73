import Vocabulary

extension Metrics {
  /// The metrics of classification.
  static let ofClasses: [Metric] = [
    Metric(
      Syntax(
        "accuracy", "share of rows whose likeliest class is right",
        formula: "rows with argmax_j o_j = y, over rows; of two classes o > 1/2 decides",
        source: "scikit-learn's accuracy_score"), .maximize, .classification, unit: .share
    ) { _, scores in scores.topShare(1) },
    Metric(topSyntax, .maximize, .classification, unit: .share) { call, scores in
      scores.topShare(call.int("k", topSyntax) ?? 3)
    },
    Metric(
      Syntax(
        "precision", "how many of a class's predictions are right, averaged over classes; of two, the positive class's",
        formula: "mean over classes of TP / (TP + FP); of the positive class alone if there are two",
        source: "scikit-learn's precision_score (macro; binary with pos_label)"),
      .maximize, .classification, unit: .share, isOfPositiveClass: true
    ) { _, scores in Confusion(scores).average(positive: scores.positive) { $0.precision } },
    Metric(
      Syntax(
        "recall", "how many of a class's rows are found, averaged over classes; of two, the positive class's",
        formula: "mean over classes of TP / (TP + FN); of the positive class alone if there are two",
        source: "scikit-learn's recall_score (macro; binary with pos_label)"),
      .maximize, .classification, unit: .share, isOfPositiveClass: true
    ) { _, scores in Confusion(scores).average(positive: scores.positive) { $0.recall } },
    Metric(
      Syntax(
        "f1", "harmonic mean of precision and recall, averaged over classes; of two, the positive class's",
        formula: "mean over classes of 2 TP / (2 TP + FP + FN); of the positive class alone if there are two",
        source: "scikit-learn's f1_score (macro; binary with pos_label)"),
      .maximize, .classification, unit: .share, isOfPositiveClass: true
    ) { _, scores in Confusion(scores).average(positive: scores.positive) { $0.f1 } },
    Metric(
      Syntax(
        "macro_f1", "f1 of every class, all classes alike, of two classes too",
        formula: "mean over classes of 2 TP / (2 TP + FP + FN)", source: "scikit-learn's f1_score (macro)"),
      .maximize, .classification, unit: .share
    ) { _, scores in Confusion(scores).macro { $0.f1 } },
    Metric(
      Syntax(
        "weighted_f1", "f1 of every class, weighted by the class's rows",
        formula: "sum over classes of rows(c) / rows x 2 TP / (2 TP + FP + FN)",
        source: "scikit-learn's f1_score (weighted)"),
      .maximize, .classification, unit: .share
    ) { _, scores in Confusion(scores).weighted { $0.f1 } },
    Metric(
      Syntax(
        "balanced_accuracy", "recall averaged over the classes that have rows",
        formula: "mean over classes of TP / (TP + FN)", source: "scikit-learn's balanced_accuracy_score"),
      .maximize, .classification, unit: .share
    ) { _, scores in Confusion(scores).balancedAccuracy },
    Metric(
      Syntax(
        "mcc", "correlation of predicted and true classes, from -1 to 1; 0 is chance",
        formula: "(c s - sum_k p_k t_k) / sqrt((s^2 - sum_k p_k^2) (s^2 - sum_k t_k^2))",
        source: "scikit-learn's matthews_corrcoef"), .maximize, .classification
    ) { _, scores in Confusion(scores).correlation },
    Metric(
      Syntax(
        "auc", "area under the ROC curve; one class against the rest, averaged, if there are more than two",
        formula: "share of (positive, negative) pairs in the right order, ties half",
        source: "scikit-learn's roc_auc_score (ovr, macro)"),
      .maximize, .classification, needs: .severalClasses
    ) { _, scores in scores.areaUnderCurve },
    Metric(
      Syntax(
        "average_precision",
        "area under the precision-recall curve of the positive class; of more than two, averaged over classes",
        formula: "sum over thresholds of (recall_i - recall_(i-1)) precision_i",
        source: "scikit-learn's average_precision_score (macro)"),
      .maximize, .classification, isOfPositiveClass: true
    ) { _, scores in scores.averagePrecision },
    Metric(
      Syntax(
        "log_loss", "mean negative logarithm of the right class's probability, whatever the training's loss",
        formula: "-mean of log p_y, p kept from 1.2e-7 to 1 - 1.2e-7", source: "scikit-learn's log_loss"),
      .minimize, .classification, needs: .probabilities
    ) { _, scores in scores.logLoss },
    Metric(
      Syntax(
        "brier", "mean squared error of the probabilities; of two classes, of the positive class's",
        formula: "mean of (p - [y is positive])^2; of more than two, of sum_k (p_k - [y = k])^2",
        source: "scikit-learn's brier_score_loss"), .minimize, .classification, needs: .probabilities
    ) { _, scores in scores.brier },
    Metric(eceSyntax, .minimize, .classification, isOfPositiveClass: true, needs: .probabilities) { call, scores in
      Calibration(scores, bins: call.int("bins", eceSyntax) ?? 15).error
    },
  ]

  private static let topSyntax = Syntax(
    "top_k", "share of rows whose right class is among the k likeliest",
    formula: "rows for which fewer than k classes are likelier than y, over rows",
    source: "scikit-learn's top_k_accuracy_score",
    options: [Option("k", .int(1...1_000_000), default: .int(3), "how many")], example: "metrics=[top_k(3)]")

  private static let eceSyntax = Syntax(
    "ece", "expected calibration error: how far probabilities are from the shares that come true",
    formula:
      "sum over bins of n_b / n |share_b - mean p_b|; p is the positive class's, of more than two the likeliest's",
    source: "C. Guo and others, 2017",
    options: [Option("bins", .int(1...10_000), default: .int(15), "bins of equal width from 0 to 1")],
    example: "metrics=[ece(bins=10)]")
}
