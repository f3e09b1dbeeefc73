import Vocabulary

/// A straight line from the first rate to the last.
package struct LinearDecay: Schedule {
  package static let syntax = Syntax(
    "linear", "a straight line from a0 to end", formula: "(a0 - end)(1 - epoch / T) + end, T = epochs",
    source: "PyTorch's LinearLR, PolynomialLR with power 1",
    options: [Option("end", .float(.nonNegative), default: .float(0), "the rate at the end")],
    example: "schedule=linear(end=0)")
  let start: Double
  let end: Double
  let epochs: Int

  package init(_ call: Call, _ horizon: ScheduleHorizon) {
    start = horizon.learningRate
    end = call.float("end", Self.syntax) ?? 0
    epochs = max(horizon.epochs, 1)
  }

  package func rate(_ moment: ScheduleMoment) -> ScheduledRate {
    let left = 1 - Double(min(moment.epoch, epochs)) / Double(epochs)
    return ScheduledRate((start - end) * left + end)
  }
}
