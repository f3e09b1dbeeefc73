import Drawing
import Search
import Studies

/// The live line and plot of a running study.
struct TuningView: Sendable {
  let view: LiveView
  let study: Study
  let limits: RunLimits
  private let begun = ContinuousClock.now
  private let doneBefore: Int

  init(view: LiveView, study: Study, limits: RunLimits) {
    (self.view, self.study, self.limits) = (view, study, limits)
    doneBefore = Self.finished(study.trials)
  }

  func show(_ event: StudyEvent) {
    view.show {
      let trials = study.trials
      let done = Self.finished(trials) - doneBefore
      var fields: [Progress.Field] = []
      for (state, word) in [(TrialRecord.State.pruned, "pruned"), (.failed, "failed")] {
        let count = trials.filter { $0.state == state }.count
        if count > 0 { fields.append(.init(word, "\(count)")) }
      }
      if let best = study.best { fields.append(.init("best", "\(Number.significant(best.values[0], digits: 4)) (trial \(best.number))")) }
      let seconds = (ContinuousClock.now - begun) / .seconds(1)
      let left = limits.trials.flatMap { done > 0 ? seconds / Double(done) * Double($0 - done) : nil }
      let progress = Progress(unit: "trial", done: done, total: limits.trials, fields: fields, secondsLeft: left)
      return LiveFrame(progress: progress, picture: done > 0 ? Self.picture(study, trials: limits.trials.map { doneBefore + $0 }) : nil)
    }
  }

  /// The history of one objective, the front of several.
  static func picture(_ study: Study, trials: Int? = nil) -> Picture {
    let values = StudyValues(study)
    return values.objectives.count > 1 ? ParetoChart(values).draw() : HistoryChart(values, trials: trials).draw()
  }

  private static func finished(_ trials: [TrialRecord]) -> Int {
    trials.filter { $0.state == .complete || $0.state == .pruned || $0.state == .failed }.count
  }
}
