import Drawing
import Studies

/// What `best` shows.
enum BestReport {
  static func table(_ trial: TrialRecord, _ study: Study, showsTimes: Bool) -> Table {
    var rows = zip(study.metrics, trial.values).map { [$0, RunReport.text($1, MetricNames.base($0) ?? $0)] }
    rows += zip(study.metrics, trial.spread).map {
      ["deviation of \($0)", RunReport.text($1, MetricNames.base($0) ?? $0)]
    }
    rows += trial.params.map { [$0.name, $0.value.description] }
    if showsTimes, let seconds = trial.seconds { rows.append(["time", Number.duration(seconds)]) }
    return Table(
      title: "study \(study.name), best trial: \(trial.number)", columns: [.init("", .left), .init("value")], rows: rows
    )
  }
}
