import Vocabulary

/// A multilayer perceptron as said, before data gives it an input and an output size.
package struct NetworkDescription: Sendable, Equatable, Codable {
  /// Neurons of each hidden layer, first to last. Empty is a linear model.
  package var hidden: [Int] = [128]
  package var activation: Activation = .relu
  /// nil: he_uniform for relu's family, glorot_uniform otherwise.
  package var initializer: Call?
  /// nil: softmax for classes, sigmoid for two classes (one output), identity for regression.
  package var output: Output?
  /// The share of a hidden layer's outputs that is dropped in training, 0 ..< 1.
  package var dropout: Double = 0
  package var batchNormalization = false

  package init() {}
}

/// The elementwise function of the hidden layers.
package enum Activation: String, Sendable, CaseIterable, Codable {
  case relu
  case leakyRelu = "leaky_relu"
  case elu, selu, gelu, silu, mish, tanh, sigmoid, softplus, identity
}

/// What turns the last layer's sums into predictions.
package enum Output: String, Sendable, CaseIterable, Codable {
  case softmax, sigmoid, identity
}
