import Drawing
import Studies

/// What `best` shows.
enum BestReport {
  static func table(_ trial: TrialRecord, _ study: Study, showsTimes: Bool) -> Table {
    var rows = zip(study.metrics, trial.values).enumerated().map { [$1.0, study.text($1.1, $0)] }
    rows += zip(study.metrics, trial.spread).enumerated().map { ["deviation of \($1.0)", study.text($1.1, $0)] }
    rows += trial.params.map { [$0.name, $0.value.shown(for: $0.name)] }
    rows += StudyQuotation(trial, of: study)?.rows ?? []
    if showsTimes, let seconds = trial.seconds { rows.append(["time", Number.duration(seconds)]) }
    let rowsOfAll = trial.precision.rows
    let isSmall = rowsOfAll > 0 && rowsOfAll < 1000 && trial.precision.folds == 0
    var notes: [String] = []
    if isSmall, study.settings.confirmations[trial.number] == nil {
      notes.append("chosen by \(rowsOfAll) validation rows: data ... folds=5, or tune confirm=5, tells more")
    }
    if study.trials.count(where: { $0.state == .complete }) > 2, let edge = RangeEdge(trial: trial, study: study).note {
      notes.append(edge)
    }
    return Table(
      title: "study \(study.name), best trial: \(trial.number)\(study.positiveNote)",
      columns: [.init("", .left), .init("value")], rows: rows,
      note: notes.isEmpty ? nil : notes.joined(separator: "\n"))
  }
}
