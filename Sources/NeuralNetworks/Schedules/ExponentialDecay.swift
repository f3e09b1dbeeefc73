import Foundation
import Vocabulary

package struct ExponentialDecay: Schedule {
  package static let syntax = Syntax(
    "exponential", "falls by the same share every epoch", formula: "a0 exp(-decay epoch)",
    source: "PyTorch's ExponentialLR, gamma = exp(-decay)",
    options: [Option("decay", .float(.nonNegative), default: .float(0.1), "how fast it falls")],
    example: "schedule=exponential(decay=0.1)")
  let start: Double
  let decay: Double

  package init(_ call: Call, _ horizon: ScheduleHorizon) {
    start = horizon.learningRate
    decay = call.float("decay", Self.syntax) ?? 0.1
  }

  package func rate(_ moment: ScheduleMoment) -> ScheduledRate {
    ScheduledRate(start * exp(-decay * Double(moment.epoch)))
  }
}
