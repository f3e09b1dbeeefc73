import Foundation
import Vocabulary

/// Falls ever more slowly.
package struct PowerDecay: Schedule {
  package static let syntax = Syntax(
    "power", "falls ever more slowly", formula: "a0 / (1 + epoch / steps)^c",
    source: "A. Geron, Hands-On Machine Learning, ch. 11",
    options: [
      Option("steps", .float(.positive), default: .int(10), "epochs until the rate is halved (c = 1)"),
      Option("c", .float(.nonNegative), default: .float(1), "the exponent"),
    ], example: "schedule=power(steps=10, c=1)")
  let start: Double
  let steps: Double
  let exponent: Double

  package init(_ call: Call, _ horizon: ScheduleHorizon) {
    start = horizon.learningRate
    steps = call.float("steps", Self.syntax) ?? 10
    exponent = call.float("c", Self.syntax) ?? 1
  }

  package func rate(_ moment: ScheduleMoment) -> ScheduledRate {
    ScheduledRate(start / pow(1 + Double(moment.epoch) / steps, exponent))
  }
}
