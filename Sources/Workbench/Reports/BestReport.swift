import Drawing
import Studies

/// What `best` shows.
enum BestReport {
  static func table(_ trial: TrialRecord, _ study: Study, showsTimes: Bool) -> Table {
    func text(_ value: Double, _ objective: Int) -> String {
      study.isShare(objective)
        ? RunReport.text(value, MetricNames.base(study.metrics[objective]) ?? "") : Number.significant(value, digits: 4)
    }
    var rows = zip(study.metrics.indices, trial.values).map { [study.metrics[$0], text($1, $0)] }
    rows += zip(study.metrics.indices, trial.spread).map { ["deviation of \(study.metrics[$0])", text($1, $0)] }
    rows += trial.params.map { [$0.name, $0.value.shown(for: $0.name)] }
    if showsTimes, let seconds = trial.seconds { rows.append(["time", Number.duration(seconds)]) }
    return Table(
      title: "study \(study.name), best trial: \(trial.number)", columns: [.init("", .left), .init("value")], rows: rows
    )
  }
}
