import Studies

/// Whether a study that others run still goes on.
struct StudyPulse {
  /// Between two trials nobody runs one.
  static let patience = Duration.seconds(1.5)
  /// A trial whose process is not known counts as running as long as the study has changed within this time.
  private static let patienceWithStrangers = Duration.seconds(60)

  private var lastRun: ContinuousClock.Instant?
  private var lastChange: ContinuousClock.Instant?
  private var size: Int

  init(_ study: Study) { size = Self.size(study) }

  /// False once nobody has run a trial for a while; at the first look at once if nobody runs one.
  mutating func isBeating(_ study: Study) -> Bool {
    let size = Self.size(study)
    if size != self.size { (self.size, lastChange) = (size, .now) }
    let isStrange =
      study.trials.contains { $0.state == .running }
      && lastChange.map { .now - $0 < Self.patienceWithStrangers } ?? false
    if study.isBeingRun || isStrange {
      lastRun = .now
      return true
    }
    return lastRun.map { .now - $0 < Self.patience } ?? false
  }

  /// Grows with every report and every end of a trial.
  private static func size(_ study: Study) -> Int {
    study.trials.reduce(0) { $0 + 1 + $1.reports.count + ($1.state == .running || $1.state == .waiting ? 0 : 1) }
  }
}
