import Foundation
import Vocabulary

/// Up to a large rate and down to a tiny one, a step an update, the momentum the other way.
package struct OneCycle: Schedule {
  package static let syntax = Syntax(
    "one_cycle", "up to a large rate and down to a tiny one, a step an update; the momentum goes the other way",
    formula: "cosines from max/div to max at update pct T - 1, then to max/div/final_div at T - 1, T = updates",
    source: "L. Smith and N. Topin, 2019; PyTorch's OneCycleLR",
    options: [
      Option("max", .float(.positive), defaultText: "learning_rate", "the largest rate"),
      Option("pct_start", .float(FloatRange(0, 1)), default: .float(0.3), "the share of updates spent rising"),
      Option("div", .float(.positive), default: .float(25), "max / div is the first rate"),
      Option("final_div", .float(.positive), default: .float(10_000), "first rate / final_div is the last"),
      Option("three_phase", .bool, default: .bool(false), "come down as one went up, then vanish"),
      Option("cycle_momentum", .bool, default: .bool(true), "move momentum (or beta1) too"),
      Option("base_momentum", .float(.share), default: .float(0.85), "the momentum at the largest rate"),
      Option("max_momentum", .float(.share), default: .float(0.95), "the momentum at the ends"),
    ], example: "schedule=one_cycle(max=0.1)")

  private struct Phase {
    var end: Double
    var rates: (Double, Double)
    var momenta: (Double, Double)
  }

  private let phases: [Phase]
  private let last: Double
  private let movesMomentum: Bool

  package init(_ call: Call, _ horizon: ScheduleHorizon) {
    let top = call.float("max", Self.syntax) ?? horizon.learningRate
    let total = Double(max(horizon.epochs * horizon.updatesPerEpoch, 1))
    let share = call.float("pct_start", Self.syntax) ?? 0.3
    let first = top / (call.float("div", Self.syntax) ?? 25)
    let least = first / (call.float("final_div", Self.syntax) ?? 10_000)
    let high = call.float("max_momentum", Self.syntax) ?? 0.95
    let low = call.float("base_momentum", Self.syntax) ?? 0.85
    movesMomentum = call.bool("cycle_momentum", Self.syntax) ?? true
    last = total - 1
    let rise = Phase(end: share * total - 1, rates: (first, top), momenta: (high, low))
    if call.bool("three_phase", Self.syntax) ?? false {
      phases = [
        rise, Phase(end: 2 * share * total - 2, rates: (top, first), momenta: (low, high)),
        Phase(end: last, rates: (first, least), momenta: (high, high)),
      ]
    } else {
      phases = [rise, Phase(end: last, rates: (top, least), momenta: (low, high))]
    }
  }

  package func rate(_ moment: ScheduleMoment) -> ScheduledRate {
    let update = min(Double(moment.update), last)
    var start = 0.0
    for (index, phase) in phases.enumerated() {
      if update <= phase.end || index == phases.count - 1 {
        let share = phase.end > start ? (update - start) / (phase.end - start) : 1
        return ScheduledRate(
          Self.cosine(phase.rates, share), momentum: movesMomentum ? Self.cosine(phase.momenta, share) : nil)
      }
      start = phase.end
    }
    preconditionFailure("the last phase takes every update")
  }

  private static func cosine(_ ends: (Double, Double), _ share: Double) -> Double {
    ends.1 + (ends.0 - ends.1) / 2 * (1 + cos(Double.pi * share))
  }
}
