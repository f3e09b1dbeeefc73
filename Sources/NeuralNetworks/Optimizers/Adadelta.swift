import Vocabulary

/// Steps as long as the last steps were, in units of the gradient.
package struct Adadelta: Optimizer {
  package static let syntax = Syntax(
    "adadelta", "steps as long as the last steps were",
    formula: "v = rho v + (1 - rho) g^2; D = sqrt(u + eps) / sqrt(v + eps) g; u = rho u + (1 - rho) D^2; p -= rate D",
    source: "M. Zeiler, 2012; torch.optim.Adadelta",
    options: [
      Option("rho", .float(.share), default: .float(0.9), "decay rate of both running means"),
      Option("eps", .float(.positive), default: .float(1e-6), "starts the first steps"),
    ], example: "optimizer=adadelta")
  package static let defaultLearningRate = 1.0

  let rho: Double
  let eps: Float

  package init(_ call: Call) {
    rho = call.float("rho", Self.syntax) ?? 0.9
    eps = Float(call.float("eps", Self.syntax) ?? 1e-6)
  }

  package var slots: Int { 2 }

  package func update(_ place: UpdatePlace, _ step: UpdateStep) {
    let (p, g) = (place.parameters, place.gradient)
    let (v, u) = (place.state, place.state + place.stride)
    let (rate, decay, l1, scale, eps) = (Float(step.rate), Float(step.decay), Float(step.l1), step.scale, eps)
    let keep = Float(rho), add = Float(1 - rho)
    for i in 0..<place.count {
      let gradient = penalised(g[i] * scale, p[i], decay, l1)
      let square = keep * v[i] + add * gradient * gradient
      let change = (u[i] + eps).squareRoot() / (square + eps).squareRoot() * gradient
      v[i] = square
      u[i] = keep * u[i] + add * change * change
      p[i] -= rate * change
    }
  }
}
