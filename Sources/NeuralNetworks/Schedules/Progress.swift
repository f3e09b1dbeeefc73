/// How much of the planned updates is done.
struct Progress: Sendable {
  private let updates: Double

  init(_ horizon: ScheduleHorizon) { updates = Double(max(horizon.epochs * horizon.updatesPerEpoch, 1)) }

  /// From 0 at the first update to 1 after the last, and there it stays.
  func share(_ moment: ScheduleMoment) -> Double { min(Double(moment.update) / updates, 1) }
}
