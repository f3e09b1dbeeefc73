import Vocabulary

/// Steps that shrink with the sum of squared gradients.
package struct Adagrad: Optimizer {
  package static let syntax = Syntax(
    "adagrad", "steps that shrink with the gradients seen",
    formula: "s += g^2; p -= rate / (1 + (t - 1) lr_decay) g / (sqrt(s) + eps)",
    source: "J. Duchi, E. Hazan, Y. Singer, 2011; torch.optim.Adagrad",
    options: [
      Option("lr_decay", .float(.nonNegative), default: .float(0), "decay of the learning rate per update"),
      Option("initial_accumulator", .float(.nonNegative), default: .float(0), "initial value of the sum of squares"),
      Option("eps", .float(.positive), default: .float(1e-10), "added to the denominator, which keeps it above 0"),
    ], example: "optimizer=adagrad")
  package static let defaultLearningRate = 1e-2

  let rateDecay: Double
  package let initialState: Float
  let eps: Float

  package init(_ call: Call) {
    rateDecay = call.float("lr_decay", Self.syntax) ?? 0
    initialState = Float(call.float("initial_accumulator", Self.syntax) ?? 0)
    eps = Float(call.float("eps", Self.syntax) ?? 1e-10)
  }

  package var slots: Int { 1 }

  package func update(_ place: UpdatePlace, _ step: UpdateStep) {
    let (p, g, s) = (place.parameters, place.gradient, place.state)
    let rate = Float(step.rate / (1 + Double(step.number - 1) * rateDecay))
    let (decay, l1, scale, eps) = (Float(step.decay), Float(step.l1), step.scale, eps)
    for i in 0..<place.count {
      let gradient = penalised(g[i] * scale, p[i], decay, l1)
      let sum = s[i] + gradient * gradient
      s[i] = sum
      p[i] -= rate * gradient / (sum.squareRoot() + eps)
    }
  }
}
