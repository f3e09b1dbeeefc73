import Vocabulary

/// What training makes small: a mean over rows. Every case is followed by the compiler into each switch.
package enum Loss: Sendable, Equatable, Codable {
  /// From logits, with log-sum-exp; `smoothing` as PyTorch's `label_smoothing`.
  case crossEntropy(smoothing: Double)
  /// From logits, one output against 0 and 1, or each class's against the others.
  case binaryCrossEntropy
  case meanSquaredError
  case meanAbsoluteError
  case huber(delta: Double)
  /// The multiclass margin loss with margin 1 and power 1.
  case hinge

  /// As `loss=` says it, without its options.
  package var name: String {
    switch self {
    case .crossEntropy(let smoothing): smoothing == 0 ? "cross_entropy" : "label_smoothing"
    case .binaryCrossEntropy: "binary_cross_entropy"
    case .meanSquaredError: "mse"
    case .meanAbsoluteError: "mae"
    case .huber: "huber"
    case .hinge: "hinge"
    }
  }

  /// Whether a number can be its target.
  package var suitsNumbers: Bool {
    switch self {
    case .meanSquaredError, .meanAbsoluteError, .huber: true
    case .crossEntropy, .binaryCrossEntropy, .hinge: false
    }
  }
}

/// Every loss that `loss=` knows.
package enum Losses {
  package static let all: [Syntax] = [
    Syntax(
      "cross_entropy", "for classes, from a softmax", formula: "mean over rows of log(sum_j exp(z_j)) - z_y",
      source: "PyTorch's cross_entropy"),
    Syntax(
      "binary_cross_entropy", "for two classes, from a sigmoid",
      formula: "mean of max(z, 0) - z y + log(1 + exp(-|z|))",
      source: "PyTorch's binary_cross_entropy_with_logits"),
    Syntax("mse", "squared error", formula: "mean of (o - y)^2", source: "PyTorch's mse_loss"),
    Syntax("mae", "absolute error", formula: "mean of |o - y|", source: "PyTorch's l1_loss"),
    huberSyntax,
    Syntax(
      "hinge", "margin between the right class and the others",
      formula: "mean over rows of sum_{j != y} max(0, 1 - z_y + z_j) / classes",
      source: "PyTorch's multi_margin_loss, margin 1, p 1"),
    smoothingSyntax,
  ]

  private static let huberSyntax = Syntax(
    "huber", "squared for small errors, absolute for large ones",
    formula: "e^2/2 for |e| <= delta, else delta (|e| - delta/2)", source: "PyTorch's huber_loss",
    options: [Option("delta", .float(.positive), default: .float(1), "where the square ends")],
    example: "loss=huber(delta=1)")

  private static let smoothingSyntax = Syntax(
    "label_smoothing", "cross entropy against softened classes",
    formula: "(1 - e) CE(y) + e mean_j CE(j)", source: "PyTorch's cross_entropy(label_smoothing=e)",
    options: [Option("smoothing", .float(.share), default: .float(0.1), "the share e given to all classes alike")],
    example: "loss=label_smoothing(0.1)")

  package static func loss(_ call: Call) throws -> Loss {
    switch call.name {
    case "cross_entropy": return .crossEntropy(smoothing: 0)
    case "binary_cross_entropy": return .binaryCrossEntropy
    case "mse": return .meanSquaredError
    case "mae": return .meanAbsoluteError
    case "huber": return .huber(delta: call.float("delta", huberSyntax) ?? 1)
    case "hinge": return .hinge
    case "label_smoothing": return .crossEntropy(smoothing: call.float("smoothing", smoothingSyntax) ?? 0.1)
    default: throw TrainingError("no loss is called '\(call.name)'")
    }
  }
}
