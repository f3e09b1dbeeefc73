import Vocabulary

package struct TimeDecay: Schedule {
  package static let syntax = Syntax(
    "time_decay", "falls as one over time", formula: "a0 / (1 + decay epoch)", source: "Keras' classic decay",
    options: [Option("decay", .float(.nonNegative), default: .float(0.01), "how fast it falls")],
    example: "schedule=time_decay(decay=0.01)")
  let start: Double
  let decay: Double

  package init(_ call: Call, _ horizon: ScheduleHorizon) {
    start = horizon.learningRate
    decay = call.float("decay", Self.syntax) ?? 0.01
  }

  package func rate(_ moment: ScheduleMoment) -> ScheduledRate {
    ScheduledRate(start / (1 + decay * Double(moment.epoch)))
  }
}
