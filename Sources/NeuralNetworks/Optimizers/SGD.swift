import Vocabulary

/// Gradient descent, with momentum and Nesterov's variant.
package struct SGD: Optimizer {
  package static let syntax = Syntax(
    "sgd", "gradient descent, with momentum if given",
    formula: "b = momentum b + (1 - dampening) g (first b = g); p -= rate (g + momentum b if nesterov, else b)",
    source: "torch.optim.SGD; momentum: Polyak 1964; Nesterov's form: Sutskever et al. 2013",
    options: [
      Option("momentum", .float(.share), default: .float(0), "fraction of the previous step that is kept"),
      Option("dampening", .float(FloatRange(0, 1)), default: .float(0), "dampening of the gradient in the momentum"),
      Option("nesterov", .bool, default: .bool(false), "uses Nesterov momentum"),
    ], example: "optimizer=sgd momentum=0.9 nesterov=true")
  package static let defaultLearningRate = 1e-3

  let momentum: Float
  let dampening: Float
  let nesterov: Bool

  package init(_ call: Call) {
    momentum = Float(call.float("momentum", Self.syntax) ?? 0)
    dampening = Float(call.float("dampening", Self.syntax) ?? 0)
    nesterov = call.bool("nesterov", Self.syntax) ?? false
  }

  package var slots: Int { momentum > 0 ? 1 : 0 }

  package var movesMomentum: Bool { momentum > 0 }

  package func update(_ place: UpdatePlace, _ step: UpdateStep) {
    let (p, g, b) = (place.parameters, place.gradient, place.state)
    let (rate, decay, l1, scale) = (Float(step.rate), Float(step.decay), Float(step.l1), step.scale)
    guard momentum > 0 else {
      for i in 0..<place.count { p[i] -= rate * penalised(g[i] * scale, p[i], decay, l1) }
      return
    }
    let mu = Float(step.momentum ?? Double(momentum))
    let fresh = step.number == 1 ? 1 : 1 - dampening
    // A first buffer is zero, so mu * b adds nothing there.
    if nesterov {
      for i in 0..<place.count {
        let gradient = penalised(g[i] * scale, p[i], decay, l1)
        let buffer = mu * b[i] + fresh * gradient
        b[i] = buffer
        p[i] -= rate * (gradient + mu * buffer)
      }
    } else {
      for i in 0..<place.count {
        let buffer = mu * b[i] + fresh * penalised(g[i] * scale, p[i], decay, l1)
        b[i] = buffer
        p[i] -= rate * buffer
      }
    }
  }
}

/// The gradient with weight decay and l1 added, as PyTorch's optimisers do. sign(0) is 0.
@inline(__always)
func penalised(_ gradient: Float, _ parameter: Float, _ decay: Float, _ l1: Float) -> Float {
  let sign: Float = parameter > 0 ? 1 : (parameter < 0 ? -1 : 0)
  return gradient + decay * parameter + l1 * sign
}
