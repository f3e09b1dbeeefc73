import Vocabulary

/// Rates by interval; a boundary belongs to the interval that it starts.
package struct Piecewise: Schedule {
  package static let syntax = Syntax(
    "piecewise", "a rate for each interval of epochs", formula: "rates[k], k = boundaries at or before the epoch",
    source: "Keras' PiecewiseConstantDecay",
    options: [
      Option(
        "boundaries", .list(of: .int(0...1_000_000)), required: true,
        "the epochs (from 0) at which the next rate starts"),
      Option("rates", .list(of: .float(.nonNegative)), required: true, "one more than boundaries"),
    ], example: "schedule=piecewise([10, 20], [0.1, 0.01, 0.001])")
  let boundaries: [Double]
  let rates: [Double]

  package init(_ call: Call, _ horizon: ScheduleHorizon) throws {
    boundaries = call.floats("boundaries", Self.syntax) ?? []
    rates = call.floats("rates", Self.syntax) ?? []
    guard rates.count == boundaries.count + 1 else {
      throw TrainingError(
        "piecewise has \(boundaries.count) boundaries and \(rates.count) rates",
        hint: "it needs one rate more than boundaries", about: "schedule")
    }
    guard zip(boundaries, boundaries.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw TrainingError("piecewise needs its boundaries in rising order", about: "schedule")
    }
  }

  package func rate(_ moment: ScheduleMoment) -> ScheduledRate {
    ScheduledRate(rates[boundaries.count { $0 <= Double(moment.epoch) }])
  }
}
