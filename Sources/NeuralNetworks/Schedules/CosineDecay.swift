import Foundation
import Vocabulary

/// Half a cosine from the first rate to the least.
package struct CosineDecay: Schedule {
  package static let syntax = Syntax(
    "cosine", "half a cosine from a0 down to min", formula: "min + (a0 - min)(1 + cos(pi epoch / T)) / 2, T = epochs",
    source: "I. Loshchilov and F. Hutter, 2017; PyTorch's CosineAnnealingLR",
    options: [Option("min", .float(.nonNegative), default: .float(0), "the rate at the end")],
    example: "schedule=cosine(min=0)")
  let start: Double
  let least: Double
  let epochs: Int

  package init(_ call: Call, _ horizon: ScheduleHorizon) {
    start = horizon.learningRate
    least = call.float("min", Self.syntax) ?? 0
    epochs = max(horizon.epochs, 1)
  }

  package func rate(_ moment: ScheduleMoment) -> ScheduledRate {
    let share = Double(min(moment.epoch, epochs)) / Double(epochs)
    return ScheduledRate(least + (start - least) * (1 + cos(Double.pi * share)) / 2)
  }
}
