import Vocabulary

package struct StepDecay: Schedule {
  package static let syntax = Syntax(
    "step", "drops by a factor every so many epochs", formula: "a0 factor^floor(epoch / every)",
    source: "PyTorch's StepLR",
    options: [
      Option("factor", .float(.positive), default: .float(0.5), "what each drop multiplies by"),
      Option("every", .int(1...1_000_000), default: .int(10), "epochs between drops"),
    ], example: "schedule=step(factor=0.5, every=10)")
  let start: Double
  let factor: Double
  let every: Int

  package init(_ call: Call, _ horizon: ScheduleHorizon) {
    start = horizon.learningRate
    factor = call.float("factor", Self.syntax) ?? 0.5
    every = call.int("every", Self.syntax) ?? 10
  }

  package func rate(_ moment: ScheduleMoment) -> ScheduledRate {
    ScheduledRate(start * power(factor, moment.epoch / every))
  }
}
