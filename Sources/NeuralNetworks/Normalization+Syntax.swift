import Vocabulary

extension Normalization {
  /// Its name and formula; z are a hidden layer's sums.
  package var syntax: Syntax {
    switch self {
    case .none: Syntax("none", "the sums as they are", formula: "z")
    case .batch:
      Syntax(
        "batch", "each neuron over the rows of a batch; running means and variances when evaluated",
        formula: "(z - mean) / sqrt(variance + 1e-5) weight + bias over the batch",
        source: "S. Ioffe and C. Szegedy, 2015; PyTorch's BatchNorm1d")
    case .layer:
      Syntax(
        "layer", "each row over the neurons of the layer, the same in training and evaluation",
        formula: "(z - mean) / sqrt(variance + 1e-5) weight + bias over the row",
        source: "J. Ba, J. Kiros and G. Hinton, 2016; PyTorch's LayerNorm")
    }
  }
}
