import Foundation
import Vocabulary

/// Adam with Nesterov's look ahead.
package struct NAdam: Optimizer {
  package static let syntax = Syntax(
    "nadam", "adam with Nesterov's look ahead",
    formula:
      "mu_t = b1 (1 - 0.96^(psi t) / 2), P = product of mu; d = sqrt(v / (1 - b2^t)) + eps; p -= rate ((1 - mu_t) / (1 - P_t) g/d + mu_(t+1) / (1 - P_(t+1)) m/d)",
    source: "T. Dozat, 2016; torch.optim.NAdam",
    options: AdamSettings.options + [
      Option("momentum_decay", .float(.nonNegative), default: .float(4e-3), "psi: decay of the momentum schedule")
    ], example: "optimizer=nadam")
  package static let defaultLearningRate = 2e-3

  let settings: AdamSettings
  let momentumDecay: Double

  package init(_ call: Call) {
    settings = AdamSettings(call, Self.syntax)
    momentumDecay = call.float("momentum_decay", Self.syntax) ?? 4e-3
  }

  package var slots: Int { 2 }
  package var movesMomentum: Bool { true }

  package func productFactor(_ step: UpdateStep) -> Double { mu(step.number, step) }

  private func mu(_ number: Int, _ step: UpdateStep) -> Double {
    (step.momentum ?? settings.beta1) * (1 - 0.5 * pow(0.96, Double(number) * momentumDecay))
  }

  package func update(_ place: UpdatePlace, _ step: UpdateStep) {
    let (p, g) = (place.parameters, place.gradient)
    let (m, v) = (place.state, place.state + place.stride)
    let first = step.momentum ?? settings.beta1
    let keep1 = Float(first), add1 = Float(1 - first)
    let keep2 = Float(settings.beta2), add2 = Float(1 - settings.beta2)
    let (now, next) = (mu(step.number, step), mu(step.number + 1, step))
    let gradientRate = Float(step.rate * (1 - now) / (1 - step.product))
    let meanRate = Float(step.rate * next / (1 - step.product * next))
    let correction = Float(1 - power(settings.beta2, step.number))
    let (decay, l1, scale, eps) = (Float(step.decay), Float(step.l1), step.scale, settings.eps)
    for i in 0..<place.count {
      let parameter = p[i]
      let gradient = penalised(g[i] * scale, parameter, decay, l1)
      let mean = keep1 * m[i] + add1 * gradient
      let square = keep2 * v[i] + add2 * gradient * gradient
      m[i] = mean
      v[i] = square
      let divisor = (square / correction).squareRoot() + eps
      p[i] = parameter - gradientRate * gradient / divisor - meanRate * mean / divisor
    }
  }
}
