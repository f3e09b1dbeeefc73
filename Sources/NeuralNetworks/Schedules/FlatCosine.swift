import Foundation
import Vocabulary

/// Level for half of the training, then half a cosine down to nothing.
package struct FlatCosine: Schedule {
  package static let syntax = Syntax(
    "flat_cosine", "level for the first half, then half a cosine to 0, changed at every update",
    formula: "a0 for t < 1/2, else a0 (1 + cos(pi (2 t - 1))) / 2, t = updates done / all updates",
    source: "D. Holzmüller et al., 2024 (flat_cos)", example: "weight_decay_schedule=flat_cosine")
  private let start: Double
  private let progress: Progress

  package init(_ call: Call, _ horizon: ScheduleHorizon) {
    (start, progress) = (horizon.learningRate, Progress(horizon))
  }

  package func rate(_ moment: ScheduleMoment) -> ScheduledRate {
    let t = progress.share(moment)
    return ScheduledRate(t < 0.5 ? start : start * (1 + cos(Double.pi * (2 * t - 1))) / 2)
  }
}
