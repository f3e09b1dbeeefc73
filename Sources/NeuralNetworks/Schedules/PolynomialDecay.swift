import Foundation
import Vocabulary

/// A power of the epochs left.
package struct PolynomialDecay: Schedule {
  package static let syntax = Syntax(
    "polynomial", "a power of the epochs left", formula: "(a0 - end)(1 - epoch / T)^p + end, T = epochs",
    source: "Keras' PolynomialDecay",
    options: [
      Option("p", .float(.positive), default: .float(2), "the power"),
      Option("end", .float(.nonNegative), default: .float(0), "the rate at the end"),
    ], example: "schedule=polynomial(p=2, end=0)")
  let start: Double
  let exponent: Double
  let end: Double
  let epochs: Int

  package init(_ call: Call, _ horizon: ScheduleHorizon) {
    start = horizon.learningRate
    exponent = call.float("p", Self.syntax) ?? 2
    end = call.float("end", Self.syntax) ?? 0
    epochs = max(horizon.epochs, 1)
  }

  package func rate(_ moment: ScheduleMoment) -> ScheduledRate {
    let left = 1 - Double(min(moment.epoch, epochs)) / Double(epochs)
    return ScheduledRate((start - end) * pow(left, exponent) + end)
  }
}
