import Vocabulary

extension Activation {
  /// Its name, formula and source: what help, completion and the pages say. Constants are PyTorch's.
  package var syntax: Syntax {
    switch self {
    case .relu:
      Syntax(
        "relu", "the positive part: cheap, and the usual choice", formula: "max(0, x)",
        source: "V. Nair and G. Hinton, 2010")
    case .leakyRelu:
      Syntax(
        "leaky_relu", "relu with a small slope below zero, so that no neuron dies", formula: "x for x > 0, else 0.01 x",
        source: "A. Maas et al., 2013")
    case .elu:
      Syntax(
        "elu", "relu with a smooth floor at -1", formula: "x for x > 0, else e^x - 1", source: "D. Clevert et al., 2016"
      )
    case .selu:
      Syntax(
        "selu", "elu scaled so that outputs keep mean 0 and variance 1; suits initializer=lecun_normal",
        formula: "1.0507 x for x > 0, else 1.0507 * 1.6733 (e^x - 1)", source: "G. Klambauer et al., 2017")
    case .gelu:
      Syntax(
        "gelu", "the input times the chance that a normal number lies below it",
        formula: "x Phi(x), Phi(x) = (1 + erf(x / sqrt(2))) / 2",
        source: "D. Hendrycks and K. Gimpel, 2016")
    case .silu:
      Syntax(
        "silu", "the input times its sigmoid, also called swish", formula: "x / (1 + e^-x)",
        source: "S. Elfwing et al., 2018; P. Ramachandran et al., 2017")
    case .mish:
      Syntax(
        "mish", "smooth like silu, with a little more below zero", formula: "x tanh(log(1 + e^x))",
        source: "D. Misra, 2020")
    case .tanh:
      Syntax("tanh", "an S from -1 to 1", formula: "(e^x - e^-x) / (e^x + e^-x)", source: "Y. LeCun et al., 1998")
    case .sigmoid:
      Syntax(
        "sigmoid", "an S from 0 to 1", formula: "1 / (1 + e^-x)",
        source: "D. Rumelhart, G. Hinton and R. Williams, 1986")
    case .softplus:
      Syntax("softplus", "relu with a round corner", formula: "log(1 + e^x)", source: "C. Dugas et al., 2001")
    case .identity:
      Syntax("identity", "nothing: a network of such layers is a linear model", formula: "x")
    }
  }
}
