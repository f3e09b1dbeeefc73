import Vocabulary

/// Rises in a straight line, then hands over to another schedule, which starts at its own epoch 0.
package struct Warmup: Schedule {
  package static let syntax = Syntax(
    "warmup", "rises in a straight line, then another schedule begins",
    formula: "a0 (epoch + 1) / epochs while epoch < epochs; then the next schedule at its own epoch 0",
    source: "P. Goyal et al., 2017",
    options: [
      Option("epochs", .int(1...1_000_000), default: .int(3), "how long it rises"),
      Option("then", .call(Schedules.plain.map { $0.syntax }), default: .call(Call("constant")), "what follows"),
    ], example: "schedule=warmup(epochs=3, then=cosine)")
  private let start: Double
  private let epochs: Int
  private let updates: Int
  private var next: any Schedule
  private var observed = 0

  package init(_ call: Call, _ horizon: ScheduleHorizon) throws {
    start = horizon.learningRate
    epochs = call.int("epochs", Self.syntax) ?? 3
    updates = epochs * horizon.updatesPerEpoch
    var rest = horizon
    rest.epochs = max(horizon.epochs - epochs, 1)
    next = try Schedules.schedule(call.call("then", Self.syntax) ?? Call("constant"), rest)
  }

  package func rate(_ moment: ScheduleMoment) -> ScheduledRate {
    if moment.epoch < epochs { return ScheduledRate(start * Double(moment.epoch + 1) / Double(epochs)) }
    return next.rate(ScheduleMoment(epoch: moment.epoch - epochs, update: moment.update - updates))
  }

  package mutating func observe(_ loss: Double) {
    observed += 1
    if observed > epochs { next.observe(loss) }
  }

  package var memory: [Double] {
    get { [Double(observed)] + next.memory }
    set {
      guard let first = newValue.first, let epochs = Int(exactly: first), (0...Int(Int32.max)).contains(epochs) else {
        return
      }
      observed = epochs
      next.memory = Array(newValue.dropFirst())
    }
  }
}
