import Vocabulary

/// AdamW without a schedule: the weights that are judged are a weighted mean of the way so far.
///
/// The parameters are y, where gradients are taken; the slots hold z, where the steps go, and v. The mean x that is
/// evaluated and saved follows from both: x = y + (1 - 1 / b1)(z - y).
package struct ScheduleFree: Optimizer {
  package static let syntax = Syntax(
    "schedule_free", "adamw that averages its weights instead of lowering the rate; needs no schedule",
    formula:
      "s = min(1, t / warmup updates), u = g / (sqrt(v / (1 - b2^t)) + eps) + weight_decay y; z -= rate s u; x = (1 - c) x + c z, c = (rate s)^2 / sum of (rate s)^2; y = (1 - b1) z + b1 x; x is evaluated",
    source: "A. Defazio et al., 2024; AdamWScheduleFree of the package schedulefree",
    options: [
      Option(
        "beta1", .float(FloatRange(0, 1, lowIsOpen: true, highIsOpen: true)), default: .float(0.9),
        "how near to the mean x the gradients are taken"),
      Option("beta2", .float(.share), default: .float(0.999), "decay rate of the mean square"),
      Option("eps", .float(.positive), default: .float(1e-8), "added to the denominator, which keeps it above 0"),
      Option("warmup", .float(.share), default: .float(0.05), "share of all updates in which the rate rises"),
    ], example: "optimizer=schedule_free(warmup=0.05)")
  package static let defaultLearningRate = 2.5e-3

  let beta1: Double
  let beta2: Double
  let eps: Float
  let warmup: Double

  package init(_ call: Call) {
    beta1 = call.float("beta1", Self.syntax) ?? 0.9
    beta2 = call.float("beta2", Self.syntax) ?? 0.999
    eps = Float(call.float("eps", Self.syntax) ?? 1e-8)
    warmup = call.float("warmup", Self.syntax) ?? 0.05
  }

  package var slots: Int { 2 }
  package var judgedShift: Float { Float(1 - 1 / beta1) }

  package func weigh(_ step: inout UpdateStep) {
    step.mean.largestRate = max(step.mean.largestRate, warmRate(step))
    let weight = step.mean.largestRate * step.mean.largestRate
    step.mean.sum += weight
    step.mean.share = step.mean.sum > 0 ? weight / step.mean.sum : 0
  }

  private func warmRate(_ step: UpdateStep) -> Double {
    let updates = (warmup * Double(step.planned)).rounded()
    return step.rate * (updates > 0 ? min(1, Double(step.number) / updates) : 1)
  }

  package func update(_ place: UpdatePlace, _ step: UpdateStep) {
    let (y, g) = (place.parameters, place.gradient)
    let (z, v) = (place.state, place.state + place.stride)
    let rate = warmRate(step)
    let (down, share) = (Float(rate), Float(step.mean.share))
    let pull = Float(rate * (beta1 * (1 - step.mean.share) - 1))
    let keep2 = Float(beta2), add2 = Float(1 - beta2)
    let correction = Float(1 - power(beta2, step.number))
    let (decay, l1, scale, eps) = (Float(step.decay), Float(step.l1), step.scale, eps)
    // x, y and z begin at one place.
    if step.number == 1 { z.update(from: y, count: place.count) }
    for i in 0..<place.count {
      let (parameter, far) = (y[i], z[i])
      let gradient = penalised(g[i] * scale, parameter, 0, l1)
      let square = keep2 * v[i] + add2 * gradient * gradient
      v[i] = square
      let u = gradient / ((square / correction).squareRoot() + eps) + decay * parameter
      y[i] = parameter + share * (far - parameter) + pull * u
      z[i] = far - down * u
    }
  }
}
