import Vocabulary

/// Muon: hidden layers' weights move by their momentum made orthogonal, everything else by AdamW.
///
/// Slots of a hidden weight: the momentum, then the direction of the present update. Of all else: AdamW's moments.
package struct Muon: Optimizer {
  package static let syntax = Syntax(
    "muon", "the hidden layers' weights by their momentum made orthogonal; biases, norms and the output layer by adamw",
    formula:
      "m = momentum m + (1 - momentum) g; u = (1 - momentum) g + momentum m; X = u / |u|, five times X = 3.4445 X - 4.775 A X + 2.0315 A A X, A = X X'; W -= rate (weight_decay W + 0.2 sqrt(max(in, out)) X)",
    source:
      "K. Jordan et al., 2024; the scale that suits adamw's rates: J. Liu et al., 2025 (match_rms_adamw in torch.optim.Muon)",
    options: [
      Option("momentum", .float(.share), default: .float(0.95), "share of the mean gradient that is kept"),
      Option("nesterov", .bool, default: .bool(true), "uses Nesterov momentum"),
    ] + AdamSettings.options, example: "optimizer=muon learning_rate=1e-3")
  package static let defaultLearningRate = 1e-3

  let settings: AdamSettings
  package let matrixRule: MatrixRule?

  package init(_ call: Call) {
    settings = AdamSettings(call, Self.syntax)
    matrixRule = MatrixRule(
      momentum: Float(call.float("momentum", Self.syntax) ?? 0.95), nesterov: call.bool("nesterov", Self.syntax) ?? true
    )
  }

  package var slots: Int { 2 }
  package var defaultWeightDecay: Double { 0.1 }

  package func update(_ place: UpdatePlace, _ step: UpdateStep) {
    settings.update(place, step, decay: 0, shrink: Float(1 - step.rate * step.decay))
  }
}

/// What Muon does with a whole matrix.
package struct MatrixRule: Sendable {
  let momentum: Float
  let nesterov: Bool

  /// p, g and both slots are rows x columns, dense; the second slot becomes the direction. `scratch` needs
  /// `scratch(rows:columns:)` numbers. O(min(rows, columns) rows columns).
  func direct(
    _ place: UpdatePlace, _ step: UpdateStep, rows: Int, columns: Int, scratch: UnsafeMutablePointer<Float>
  ) {
    let (p, g, m) = (place.parameters, place.gradient, place.state)
    let x = place.state + place.stride
    let (keep, add, scale, l1) = (momentum, 1 - momentum, step.scale, Float(step.l1))
    for i in 0..<place.count {
      let gradient = penalised(g[i] * scale, p[i], 0, l1)
      m[i] = keep * m[i] + add * gradient
      x[i] = nesterov ? add * gradient + keep * m[i] : m[i]
    }
    Orthogonal.approach(x, rows: rows, columns: columns, scratch: scratch)
  }

  func update(_ place: UpdatePlace, _ step: UpdateStep, rows: Int, columns: Int) {
    let (p, x) = (place.parameters, place.state + place.stride)
    let shrink = Float(1 - step.rate * step.decay)
    let rate = Float(step.rate * 0.2 * Double(max(rows, columns)).squareRoot())
    for i in 0..<place.count { p[i] = p[i] * shrink - rate * x[i] }
  }

  static func scratch(rows: Int, columns: Int) -> Int {
    let least = min(rows, columns)
    return rows * columns + 2 * least * least
  }
}
