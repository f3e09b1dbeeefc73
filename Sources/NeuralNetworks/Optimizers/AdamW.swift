import Vocabulary

/// Adam with the decay decoupled from the gradient.
package struct AdamW: Optimizer {
  package static let syntax = Syntax(
    "adamw", "adam with decoupled weight decay",
    formula: "p *= 1 - rate weight_decay; then adam's step on the plain gradient",
    source: "I. Loshchilov and F. Hutter, 2019; torch.optim.AdamW",
    options: AdamSettings.options, example: "optimizer=adamw weight_decay=0.01")
  package static let defaultLearningRate = 1e-3

  let settings: AdamSettings

  package init(_ call: Call) { settings = AdamSettings(call, Self.syntax) }

  package var slots: Int { 2 }
  package var defaultWeightDecay: Double { 1e-2 }
  package var movesMomentum: Bool { true }

  package func update(_ place: UpdatePlace, _ step: UpdateStep) {
    settings.update(place, step, decay: 0, shrink: Float(1 - step.rate * step.decay))
  }
}
