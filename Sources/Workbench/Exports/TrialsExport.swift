import Drawing
import Jupyter
import Language
import NeuralNetworks
import Studies
import Vocabulary

extension ExportKind {
  static let trials = ExportKind(
    "trials", "every trial of the current study",
    formats: [
      ExportFormat(ending: "csv", summary: "a trial a row: values, parameters, state, seconds, reports, reason"),
      ExportFormat(ending: "json", summary: "the value of trials, a list"),
    ]
  ) { request, format in
    try request.takesNoRun("trials")
    let study = try request.context.study(at: request.invocation.positionals[0].span)
    let bytes = format.ending == "csv" ? Array(try trialsTable(study).csv.utf8) : try trialsJSON(study)
    return [ModelFormat.File(name: "\(request.stem).\(format.ending)", bytes: bytes)]
  }

  /// A trial a line.
  static func trialsJSON(_ study: Study) throws -> [UInt8] {
    let lines = try study.trials.map {
      try Interrupting.check()
      return try Value.object(Object(TrialObject(trial: $0))).json().text
    }
    return Array(("[\n" + lines.joined(separator: ",\n") + "\n]\n").utf8)
  }

  /// Full precision; `intermediate` is JSON as `trials[i].intermediate` has it. A parameter or a metric that is called like
  /// another column has `params_` or `metrics_` before its name.
  static func trialsTable(_ study: Study) throws -> Table {
    let trials = study.trials
    var parameters = study.space.parameters.map(\.name)
    var known = Set(parameters)
    for trial in trials {
      for parameter in trial.params where known.insert(parameter.name).inserted { parameters.append(parameter.name) }
    }
    let values = study.directions.count == 1 ? ["value"] : study.metrics
    let spreads = trials.contains { !$0.spread.isEmpty } ? values.map { "spread of \($0)" } : []
    let metrics = Set(trials.flatMap(\.metrics.keys)).sorted()
    let settings = TrialsReport.differingSettings(trials, besides: known)
    let others = ["number", "state", "seconds", "seed", "intermediate", "reason"] + values + spreads
    var columns = ["number", "state"] + values + spreads
    columns += parameters.map { others.contains($0) ? "params_" + $0 : $0 } + settings
    let taken = Set(columns + others)
    columns +=
      metrics.map { taken.contains($0) ? "metrics_" + $0 : $0 } + ["seed", "seconds", "intermediate", "reason"]
    try Interrupting.check()
    let rows = try trials.map { trial in
      try Interrupting.check()
      let point = trial.point
      var row = ["\(trial.number)", trial.state.rawValue]
      row += values.indices.map { FullNumber.text(trial.values.indices.contains($0) ? trial.values[$0] : nil) }
      row += spreads.indices.map { FullNumber.text(trial.spread.indices.contains($0) ? trial.spread[$0] : nil) }
      row += parameters.map { name in point[name].map { $0.shown(for: name) } ?? "" }
      row += settings.map { trial.configuration?.settings[$0].map(\.printed) ?? "" }
      row += metrics.map { name in
        TrialRecord.counts.contains(name)
          ? trial.metrics[name].flatMap { Int(exactly: $0) }.map(String.init) ?? ""
          : FullNumber.text(trial.metrics[name])
      }
      row.append(trial.configuration.map { "\(TrialContext.seed(study: $0.seed, number: 0).typed)" } ?? "")
      let reports = Dictionary(trials: trial)
      return row + [
        FullNumber.text(trial.seconds), reports.isEmpty ? "" : JSON.object(reports).text, trial.reason ?? "",
      ]
    }
    return Table(columns: columns.map { .init($0) }, rows: rows)
  }
}

extension [String: JSON] {
  fileprivate init(trials trial: TrialRecord) {
    self.init(trial.reports.map { ("\($0.step)", JSON.double($0.value)) }, uniquingKeysWith: { $1 })
  }
}
