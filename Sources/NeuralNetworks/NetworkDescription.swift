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
  package var normalization = Normalization.none

  package init() {}
}

extension NetworkDescription {
  /// Whether a hidden layer's sums are normalised over the batch; setting it to false leaves another normalisation.
  package var batchNormalization: Bool {
    get { normalization == .batch }
    set { normalization = newValue ? .batch : normalization == .batch ? .none : normalization }
  }

  /// What files of older versions say in place of `normalization`.
  enum OlderKeys: String, CodingKey { case batchNormalization }

  package init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    hidden = try file.decode([Int].self, forKey: .hidden)
    activation = try file.decode(Activation.self, forKey: .activation)
    initializer = try file.decodeIfPresent(Call.self, forKey: .initializer)
    output = try file.decodeIfPresent(Output.self, forKey: .output)
    dropout = try file.decode(Double.self, forKey: .dropout)
    normalization = try Normalization(file.decodeIfPresent(Normalization.self, forKey: .normalization), older: decoder)
  }
}

/// What hidden layers do between the linear part and the activation.
package enum Normalization: String, Sendable, CaseIterable, Codable {
  case none, batch, layer

  /// What a file says; an older one says whether it is batch normalisation.
  init(_ said: Normalization?, older decoder: any Decoder) throws {
    guard let said else {
      let file = try decoder.container(keyedBy: NetworkDescription.OlderKeys.self)
      self = try file.decode(Bool.self, forKey: .batchNormalization) ? .batch : .none
      return
    }
    self = said
  }
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
