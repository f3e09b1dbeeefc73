import Foundation
import Vocabulary

/// Four cycles from 0 to the rate and back, each about twice as long as the one before.
package struct CoslogCycles: Schedule {
  package static let syntax = Syntax(
    "coslog4", "four cycles up to the rate and back to 0, each twice as long, changed at every update",
    formula: "a0 (1 - cos(2 pi log2(1 + 15 t))) / 2, t = updates done / all updates",
    source: "D. Holzmüller et al., 2024 (coslog4)", example: "schedule=coslog4")
  private let start: Double
  private let progress: Progress

  package init(_ call: Call, _ horizon: ScheduleHorizon) {
    (start, progress) = (horizon.learningRate, Progress(horizon))
  }

  package func rate(_ moment: ScheduleMoment) -> ScheduledRate {
    ScheduledRate(start * (1 - cos(2 * Double.pi * log2(1 + 15 * progress.share(moment)))) / 2)
  }
}
