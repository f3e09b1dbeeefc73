import Vocabulary

/// Steps scaled by a running mean of squared gradients.
package struct RMSprop: Optimizer {
  package static let syntax = Syntax(
    "rmsprop", "steps scaled by a running mean of squares",
    formula:
      "v = alpha v + (1 - alpha) g^2; (centered: v - mean(g)^2); b = momentum b + g / (sqrt(v) + eps); p -= rate b",
    source: "G. Hinton's lecture 6e, 2012; torch.optim.RMSprop",
    options: [
      Option("alpha", .float(.share), default: .float(0.99), "decay rate of the running mean"),
      Option("momentum", .float(.share), default: .float(0), "fraction of the previous step that is kept"),
      Option("centered", .bool, default: .bool(false), "divides by the centred second moment, the variance"),
      Option("eps", .float(.positive), default: .float(1e-8), "added to the denominator, which keeps it above 0"),
    ], example: "optimizer=rmsprop alpha=0.9")
  package static let defaultLearningRate = 1e-2

  let alpha: Double
  let momentum: Double
  let centered: Bool
  let eps: Float

  package init(_ call: Call) {
    alpha = call.float("alpha", Self.syntax) ?? 0.99
    momentum = call.float("momentum", Self.syntax) ?? 0
    centered = call.bool("centered", Self.syntax) ?? false
    eps = Float(call.float("eps", Self.syntax) ?? 1e-8)
  }

  /// The mean square always lies in the first slot; the momentum in the second, the mean in the last.
  package var slots: Int { 1 + (momentum > 0 ? 1 : 0) + (centered ? 1 : 0) }
  package var movesMomentum: Bool { momentum > 0 }

  package func update(_ place: UpdatePlace, _ step: UpdateStep) {
    let (p, g, v) = (place.parameters, place.gradient, place.state)
    let (rate, decay, l1, scale) = (Float(step.rate), Float(step.decay), Float(step.l1), step.scale)
    let keep = Float(alpha), add = Float(1 - alpha)
    let mu = Float(momentum > 0 ? step.momentum ?? momentum : 0)
    let eps = eps
    // Without a mean or a momentum of their own these point at the mean square, which is then only read.
    let mean = centered ? v + (slots - 1) * place.stride : v
    let buffer = momentum > 0 ? v + place.stride : v
    for i in 0..<place.count {
      let gradient = penalised(g[i] * scale, p[i], decay, l1)
      let square = keep * v[i] + add * gradient * gradient
      v[i] = square
      var spread = square
      if centered {
        let average = keep * mean[i] + add * gradient
        mean[i] = average
        spread = square - average * average
      }
      var direction = gradient / (spread.squareRoot() + eps)
      if mu > 0 {
        direction += mu * buffer[i]
        buffer[i] = direction
      }
      p[i] -= rate * direction
    }
  }
}
