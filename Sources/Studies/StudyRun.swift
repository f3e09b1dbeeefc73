/// How far a run goes, and how.
package struct RunLimits: Sendable {
  /// New trials at most (waiting ones count).
  package var trials: Int?
  /// Seconds after which no trial is started; those that run are finished.
  package var timeout: Double?
  /// Ends when the objective's value is at least as good.
  package var target: Double?
  /// Ends when so many trials of this run have brought nothing better.
  package var stagnation: Int?
  /// Trials side by side.
  package var parallel: Int
  /// How many reports a trial makes that runs to its end, where that is known: pruners count in shares of it.
  package var steps: Int?
  /// The study's own, where this run is one of several workers: it says how far they go together, the limits how far this one.
  package var plan: StudyPlan?

  package init(
    trials: Int? = nil, timeout: Double? = nil, target: Double? = nil, stagnation: Int? = nil, parallel: Int = 1,
    steps: Int? = nil, plan: StudyPlan? = nil
  ) {
    self.trials = trials
    self.timeout = timeout
    self.target = target
    self.stagnation = stagnation
    self.parallel = parallel
    self.steps = steps
    self.plan = plan
  }
}

/// What happens while a study runs. Events come one at a time, from the threads that run the trials.
package enum StudyEvent: Sendable {
  case started(TrialRecord)
  case reported(number: Int, step: Int, value: Double)
  case finished(TrialRecord)
}

/// How a run ended.
package struct RunSummary: Sendable {
  package enum End: String, Sendable {
    case trials, timeout, stopped, target, stagnation, exhausted, cancelled
  }
  package var end: End
  /// Numbers of the trials that this run finished, ascending.
  package var finished: [Int]
  package var seconds: Double
  /// Seconds that workers waited for a slower trial, summed over workers: what determinism cost.
  package var secondsWaited: Double
  /// Seconds spent on suggestions.
  package var secondsSuggesting: Double

  package init(
    end: End, finished: [Int], seconds: Double, secondsWaited: Double = 0, secondsSuggesting: Double = 0
  ) {
    self.end = end
    self.finished = finished
    self.seconds = seconds
    self.secondsWaited = secondsWaited
    self.secondsSuggesting = secondsSuggesting
  }
}
