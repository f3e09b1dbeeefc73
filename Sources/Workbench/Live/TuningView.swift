import Drawing
import Search
import Studies

/// The live line and plot of a running study.
struct TuningView: Sendable {
  let view: LiveView
  let study: Study
  /// How many trials it is to be; nil where something else ends it.
  let trials: Int?
  private let begun = ContinuousClock.now
  /// Finished trials of before, and those among what is shown as done that were there at the beginning.
  private let doneBefore: Int
  private let doneAtBegin: Int

  /// `doneBefore` says how many finished trials do not count; all that there are unless said.
  init(view: LiveView, study: Study, trials: Int?, doneBefore: Int? = nil) {
    (self.view, self.study, self.trials) = (view, study, trials)
    let done = Self.finished(study.trials)
    self.doneBefore = min(doneBefore ?? done, done)
    doneAtBegin = done - self.doneBefore
  }

  /// Renews the view; with workers, says how many run and how many wait in a queue. A table is only made where it is shown.
  func show(workers: (running: Int, waiting: Int)? = nil, table: (() -> Table)? = nil) {
    view.show {
      let trials = study.trials
      let done = Self.finished(trials) - doneBefore
      var fields: [Progress.Field] = []
      for (state, word) in [(TrialRecord.State.pruned, "pruned"), (.failed, "failed")] {
        let count = trials.filter { $0.state == state }.count
        if count > 0 { fields.append(.init(word, "\(count)")) }
      }
      if let best = study.best {
        fields.append(.init("best", "\(Number.significant(best.values[0], digits: 4)) (trial \(best.number))"))
      }
      if let workers {
        fields.append(
          .init("workers", "\(workers.running)" + (workers.waiting > 0 ? ", \(workers.waiting) queued" : "")))
      }
      let seconds = (ContinuousClock.now - begun) / .seconds(1)
      let new = done - doneAtBegin
      let left = self.trials.flatMap { new > 0 ? seconds / Double(new) * Double($0 - done) : nil }
      let progress = Progress(unit: "trial", done: done, total: self.trials, fields: fields, secondsLeft: left)
      return LiveFrame(
        progress: progress, picture: done > 0 ? Self.picture(study, trials: self.trials.map { doneBefore + $0 }) : nil,
        table: table?())
    }
  }

  /// The history of one objective, the front of several.
  static func picture(_ study: Study, trials: Int? = nil) -> Picture {
    study.directions.count > 1
      ? ParetoChart(StudyValues(study)).draw() : HistoryChart(StudyValues(resultsOf: study), trials: trials).draw()
  }

  /// The picture that stays: it can tell each trial's parameters.
  static func lastPicture(_ study: Study) -> Picture {
    study.directions.count > 1 ? ParetoChart(StudyValues(study)).draw() : HistoryChart(StudyValues(study)).draw()
  }

  private static func finished(_ trials: [TrialRecord]) -> Int {
    trials.filter { $0.state == .complete || $0.state == .pruned || $0.state == .failed }.count
  }
}
