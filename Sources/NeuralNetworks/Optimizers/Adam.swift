import Vocabulary

/// Adam: moments of the gradient, corrected for their start at zero.
package struct Adam: Optimizer {
  package static let syntax = Syntax(
    "adam", "adaptive steps from the gradient's moments",
    formula: "m, v = averages of g, g^2; p -= rate/(1 - b1^t) m / (sqrt(v)/sqrt(1 - b2^t) + eps)",
    source: "D. P. Kingma and J. Ba, 2015; torch.optim.Adam",
    options: AdamSettings.options, example: "optimizer=adam beta1=0.9")
  package static let defaultLearningRate = 1e-3

  let settings: AdamSettings

  package init(_ call: Call) { settings = AdamSettings(call, Self.syntax) }

  package var slots: Int { 2 }

  package var movesMomentum: Bool { true }

  package func update(_ place: UpdatePlace, _ step: UpdateStep) {
    settings.update(place, step, decay: Float(step.decay), shrink: 1)
  }
}

/// What Adam and AdamW share.
struct AdamSettings: Sendable {
  static let options = [
    Option("beta1", .float(.share), default: .float(0.9), "decay rate of the first moment"),
    Option("beta2", .float(.share), default: .float(0.999), "decay rate of the second moment"),
    Option("eps", .float(.positive), default: .float(1e-8), "added to the denominator, which keeps it above 0"),
  ]

  let beta1: Double
  let beta2: Double
  let eps: Float

  init(_ call: Call, _ syntax: Syntax) {
    beta1 = call.float("beta1", syntax) ?? 0.9
    beta2 = call.float("beta2", syntax) ?? 0.999
    eps = Float(call.float("eps", syntax) ?? 1e-8)
  }

  /// `shrink` multiplies the parameters first: AdamW's decoupled decay.
  func update(_ place: UpdatePlace, _ step: UpdateStep, decay: Float, shrink: Float) {
    let (p, g) = (place.parameters, place.gradient)
    let (m, v) = (place.state, place.state + place.stride)
    let first = step.momentum ?? beta1
    let keep1 = Float(first), add1 = Float(1 - first)
    let keep2 = Float(beta2), add2 = Float(1 - beta2)
    // rate / bc1 m / (sqrt(v) / root + eps), multiplied through by root = sqrt(bc2): one division less an element.
    let root = (1 - power(beta2, step.number)).squareRoot()
    let rate = Float(step.rate * root / (1 - power(first, step.number)))
    let eps = Float(Double(self.eps) * root)
    let (l1, scale) = (Float(step.l1), step.scale)
    for i in 0..<place.count {
      let parameter = p[i] * shrink
      let gradient = penalised(g[i] * scale, parameter, decay, l1)
      let mean = keep1 * m[i] + add1 * gradient
      let square = keep2 * v[i] + add2 * gradient * gradient
      m[i] = mean
      v[i] = square
      p[i] = parameter - rate * mean / (square.squareRoot() + eps)
    }
  }
}

/// base^n in double precision, by squaring.
func power(_ base: Double, _ exponent: Int) -> Double {
  var (result, square, left) = (1.0, base, exponent)
  while left > 0 {
    if left & 1 == 1 { result *= square }
    square *= square
    left >>= 1
  }
  return result
}
