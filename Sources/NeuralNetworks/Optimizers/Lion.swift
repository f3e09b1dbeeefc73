import Vocabulary

/// Lion: steps of one size in the direction of a sign.
package struct Lion: Optimizer {
  package static let syntax = Syntax(
    "lion", "steps of equal size by the sign of a mean gradient; needs a tenth of adam's rate",
    formula: "p *= 1 - rate weight_decay; p -= rate sign(b1 m + (1 - b1) g); m = b2 m + (1 - b2) g",
    source: "X. Chen et al., 2023",
    options: [
      Option("beta1", .float(.share), default: .float(0.9), "share of the mean gradient in the step"),
      Option("beta2", .float(.share), default: .float(0.99), "decay rate of the mean gradient"),
    ], example: "optimizer=lion learning_rate=1e-4")
  package static let defaultLearningRate = 1e-4

  let beta1: Double
  let beta2: Double

  package init(_ call: Call) {
    beta1 = call.float("beta1", Self.syntax) ?? 0.9
    beta2 = call.float("beta2", Self.syntax) ?? 0.99
  }

  package var slots: Int { 1 }
  package var movesMomentum: Bool { true }

  package func update(_ place: UpdatePlace, _ step: UpdateStep) {
    let (p, g, m) = (place.parameters, place.gradient, place.state)
    let first = step.momentum ?? beta1
    let keep1 = Float(first), add1 = Float(1 - first)
    let keep2 = Float(beta2), add2 = Float(1 - beta2)
    let (rate, shrink) = (Float(step.rate), Float(1 - step.rate * step.decay))
    let (l1, scale) = (Float(step.l1), step.scale)
    for i in 0..<place.count {
      let parameter = p[i] * shrink
      let gradient = penalised(g[i] * scale, parameter, 0, l1)
      let direction = keep1 * m[i] + add1 * gradient
      // A NaN has no sign, and must stay to be seen.
      let sign: Float = direction > 0 ? 1 : (direction < 0 ? -1 : direction)
      m[i] = keep2 * m[i] + add2 * gradient
      p[i] = parameter - rate * sign
    }
  }
}
