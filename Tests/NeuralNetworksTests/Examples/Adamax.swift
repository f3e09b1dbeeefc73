import NeuralNetworks
import Vocabulary

/// Adam with the largest recent gradient in place of the root of the second moment.
package struct Adamax: Optimizer {
  package static let syntax = Syntax(
    "adamax", "adam with the largest recent gradient in place of the second moment",
    formula: "m = b1 m + (1 - b1) g; u = max(b2 u, |g| + eps); p -= rate / (1 - b1^t) m / u",
    source: "D. P. Kingma and J. Ba, 2015, section 7.1; torch.optim.Adamax",
    options: [
      Option("beta1", .float(.share), default: .float(0.9), "decay rate of the first moment"),
      Option("beta2", .float(.share), default: .float(0.999), "decay rate of the largest gradient"),
      Option("eps", .float(.positive), default: .float(1e-8), "added to the denominator, which keeps it above 0"),
    ], example: "optimizer=adamax")
  package static let defaultLearningRate = 2e-3

  let beta1: Double
  let beta2: Double
  let eps: Float

  package init(_ call: Call) {
    beta1 = call.float("beta1", Self.syntax) ?? 0.9
    beta2 = call.float("beta2", Self.syntax) ?? 0.999
    eps = Float(call.float("eps", Self.syntax) ?? 1e-8)
  }

  package var slots: Int { 2 }

  package func update(_ place: UpdatePlace, _ step: UpdateStep) {
    let (p, g) = (place.parameters, place.gradient)
    let (m, u) = (place.state, place.state + place.stride)
    let keep = Float(beta1), add = Float(1 - beta1), memory = Float(beta2)
    var power = 1.0
    for _ in 0..<step.number { power *= beta1 }
    let rate = Float(step.rate / (1 - power))
    for i in 0..<place.count {
      let gradient = g[i] * step.scale + Float(step.decay) * p[i]
      m[i] = keep * m[i] + add * gradient
      u[i] = max(memory * u[i], abs(gradient) + eps)
      p[i] -= rate * m[i] / u[i]
    }
  }
}
