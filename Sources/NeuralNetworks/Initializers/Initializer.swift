import LinearAlgebra
import Vocabulary

/// Draws a layer's first weights.
package struct Initializer: Sendable {
  package let syntax: Syntax
  /// Fills a weight of outputs x inputs; returns the bound of a uniform bias, or nil for a bias of zeros.
  let fill:
    @Sendable (Call, _ inputs: Int, _ outputs: Int, inout RandomStream, UnsafeMutableBufferPointer<Float>) -> Double?
}

/// Every initializer that `initializer=` knows.
package enum Initializers {
  package static let all: [Initializer] = [
    uniform("glorot_uniform", "for tanh, sigmoid and softmax", formula: "U(-r, r), r = sqrt(6 / (in + out))", glorot) {
      (6 / Double($0 + $1)).squareRoot()
    },
    normal("glorot_normal", "for tanh, sigmoid and softmax", formula: "N(0, sqrt(2 / (in + out)))", glorot) {
      (2 / Double($0 + $1)).squareRoot()
    },
    uniform("he_uniform", "for relu's family", formula: "U(-r, r), r = sqrt(6 / in)", he) { inputs, _ in
      (6 / Double(inputs)).squareRoot()
    },
    normal("he_normal", "for relu's family", formula: "N(0, sqrt(2 / in))", he) { inputs, _ in
      (2 / Double(inputs)).squareRoot()
    },
    uniform("lecun_uniform", "for selu", formula: "U(-r, r), r = sqrt(3 / in)", lecun) { inputs, _ in
      (3 / Double(inputs)).squareRoot()
    },
    normal("lecun_normal", "for selu", formula: "N(0, sqrt(1 / in))", lecun) { inputs, _ in
      (1 / Double(inputs)).squareRoot()
    },
    torch, between, spread, zeros,
  ]

  package static var syntaxes: [Syntax] { all.map(\.syntax) }

  package static func initializer(named name: String) throws -> Initializer {
    guard let found = all.first(where: { $0.syntax.name == name }) else {
      throw TrainingError("no initializer is called '\(name)'")
    }
    return found
  }

  /// What is used where nothing is said: He's for relu's family, Glorot's otherwise.
  package static func standard(for activation: Activation) -> Call {
    switch activation {
    case .relu, .leakyRelu, .elu, .selu, .gelu, .silu, .mish, .softplus: Call("he_uniform")
    case .tanh, .sigmoid, .identity: Call("glorot_uniform")
    }
  }

  private static let glorot = "X. Glorot and Y. Bengio, 2010"
  private static let he = "K. He et al., 2015"
  private static let lecun = "Y. LeCun et al., 1998"

  private static func uniform(
    _ name: String, _ summary: String, formula: String, _ source: String,
    bound: @escaping @Sendable (Int, Int) -> Double
  ) -> Initializer {
    Initializer(syntax: Syntax(name, summary, formula: formula, source: source)) {
      _, inputs, outputs, random, weights in
      let r = bound(inputs, outputs)
      for i in weights.indices { weights[i] = Float(random.uniform(-r, r)) }
      return nil
    }
  }

  private static func normal(
    _ name: String, _ summary: String, formula: String, _ source: String,
    deviation: @escaping @Sendable (Int, Int) -> Double
  ) -> Initializer {
    Initializer(syntax: Syntax(name, summary, formula: formula, source: source)) {
      _, inputs, outputs, random, weights in
      let s = deviation(inputs, outputs)
      for i in weights.indices { weights[i] = Float(s * random.normal()) }
      return nil
    }
  }

  private static let torch = Initializer(
    syntax: Syntax(
      "torch", "as PyTorch's Linear begins, biases too", formula: "U(-r, r), r = 1 / sqrt(in)",
      source: "torch.nn.Linear")
  ) { _, inputs, _, random, weights in
    let r = 1 / Double(inputs).squareRoot()
    for i in weights.indices { weights[i] = Float(random.uniform(-r, r)) }
    return r
  }

  private static let betweenSyntax = Syntax(
    "uniform", "between two numbers", formula: "U(a, b)",
    options: [
      Option("a", .float(.finite), default: .float(-0.05), "the lower end"),
      Option("b", .float(.finite), default: .float(0.05), "the upper end"),
    ], example: "initializer=uniform(-0.1, 0.1)")
  private static let between = Initializer(syntax: betweenSyntax) { call, _, _, random, weights in
    let a = call.float("a", betweenSyntax) ?? -0.05
    let b = call.float("b", betweenSyntax) ?? 0.05
    for i in weights.indices { weights[i] = Float(random.uniform(a, b)) }
    return nil
  }

  private static let spreadSyntax = Syntax(
    "normal", "around zero", formula: "N(0, s)",
    options: [Option("s", .float(.nonNegative), default: .float(0.05), "the standard deviation")],
    example: "initializer=normal(0.05)")
  private static let spread = Initializer(syntax: spreadSyntax) { call, _, _, random, weights in
    let s = call.float("s", spreadSyntax) ?? 0.05
    for i in weights.indices { weights[i] = Float(s * random.normal()) }
    return nil
  }

  private static let zeros = Initializer(
    syntax: Syntax("zeros", "all zero: shows why weights must differ", formula: "0")
  ) { _, _, _, _, weights in
    weights.update(repeating: 0)
    return nil
  }
}

extension Architecture {
  /// The flat parameters a network begins with; every layer has a stream of its own.
  package func initialWeights(_ initializer: Call? = nil, seed: UInt64) throws -> [Float] {
    let call = initializer ?? Initializers.standard(for: activation)
    let kind = try Initializers.initializer(named: call.name)
    var parameters = [Float](repeating: 0, count: parameterCount)
    parameters.withUnsafeMutableBufferPointer { all in
      for (index, layer) in layers.enumerated() {
        var random = RandomStream(seed: seed, "weights", index)
        let bound = kind.fill(call, layer.inputs, layer.outputs, &random, .init(rebasing: all[layer.weight]))
        if let bound {
          for i in layer.bias { all[i] = Float(random.uniform(-bound, bound)) }
        }
        for i in layer.normWeight { all[i] = 1 }
      }
    }
    return parameters
  }
}
