/// What a worker is told by who starts it, beside storage and study: whatever a study's storage may not decide.
struct WorkerShare {
  /// The files and folders that the session's data comes from.
  var data: [String] = []
  /// What each trial starts (`tune program=`), with the values that the session has given.
  var program: String?
  /// Seconds that a run of it may take.
  var trialTimeout: Double?

  /// As `attune worker` takes them.
  var arguments: [String] {
    data.map { "--data=\($0)" } + (program.map { ["--program=\($0)"] } ?? [])
      + (trialTimeout.map { ["--trial-timeout=\($0)s"] } ?? [])
  }
}
