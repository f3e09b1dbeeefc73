import Vocabulary

extension Output {
  /// Its name and formula; z are the last layer's sums.
  package var syntax: Syntax {
    switch self {
    case .softmax:
      Syntax(
        "softmax", "a probability for each of several classes, together 1", formula: "e^z_j / sum_k e^z_k",
        source: "J. Bridle, 1990")
    case .sigmoid:
      Syntax(
        "sigmoid", "a probability by itself: one output for two classes, or each class against the rest",
        formula: "1 / (1 + e^-z)",
        source: "D. Cox, 1958")
    case .identity:
      Syntax("identity", "the sum itself, for numbers; and for classes with loss=hinge", formula: "z")
    }
  }
}
