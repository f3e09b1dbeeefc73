import Vocabulary

package struct Constant: Schedule {
  package static let syntax = Syntax(
    "constant", "the same rate throughout", formula: "a0", example: "schedule=constant")
  let start: Double
  package init(_ call: Call, _ horizon: ScheduleHorizon) { start = horizon.learningRate }
  package func rate(_ moment: ScheduleMoment) -> ScheduledRate { ScheduledRate(start) }
}
