import Drawing
import Search
import Storage
import Studies

/// What `study` and `study list` show.
enum StudyReport {
  static func table(_ study: Study) -> Table {
    let settings = study.settings
    var rows = [
      ["trials", TrialsReport.counts(study.trials)],
      ["objective", zip(settings.metrics, settings.directions).map { "\($1.rawValue) \($0)" }.joined(separator: ", ")],
      ["sampler", settings.sampler.description], ["pruner", settings.pruner.description], ["seed", "\(settings.seed)"],
      ["storage", study.storage.place],
    ]
    for parameter in settings.space.parameters { rows.append(["searched", parameter.line]) }
    for rule in settings.space.constraints { rows.append(["subject to", rule.text]) }
    for (name, value) in settings.attributes.sorted(by: { $0.key < $1.key }) where !value.isEmpty {
      rows.append([name, value])
    }
    return Table(title: "study \(study.name)", columns: [.init("", .left), .init("", .left)], rows: rows)
  }

  static func list(_ studies: [StoredStudy], in storage: any StudyStorage) -> Table {
    let rows = studies.map { study in
      let trials = study.counts.values.reduce(0, +)
      return [study.name, study.directions.map { $0.rawValue.lowercased() }.joined(separator: ", "), "\(trials)"]
    }
    return Table(
      title: "studies in \(storage.place)",
      columns: [.init("study", .left), .init("direction", .left), .init("trials")],
      rows: rows, note: rows.isEmpty ? "none yet" : nil)
  }
}
