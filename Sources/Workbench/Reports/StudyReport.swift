import Drawing
import Foundation
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
      ["sampler", settings.sampler.description], ["pruner", settings.effectivePruner.description],
      ["seed", "\(settings.seed.typed)"],
      ["storage", study.storage.place],
    ]
    if !settings.earlier.isEmpty { rows.append(["like", settings.earlier.map(\.name).joined(separator: ", ")]) }
    let lines = settings.spaceText?.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("subject to ") }
    for line in lines ?? settings.space.parameters.map({ $0.line() }) { rows.append(["searched", line]) }
    for rule in settings.space.constraints { rows.append(["subject to", rule.text]) }
    for (name, value) in settings.attributes.sorted(by: { $0.key < $1.key }) where !value.isEmpty {
      rows.append([name, value])
    }
    return Table(title: "study \(study.name)", columns: [.init("", .left), .init("", .left)], rows: rows)
  }

  /// One that cannot be opened is listed with what its row says.
  static func list(_ studies: [StoredStudy], in storage: any StudyStorage, showsTimes: Bool) throws -> Table {
    let rows = studies.map { stored in
      let study = try? Study.open(
        named: stored.name, in: storage, constraint: StoredRule.constraint, isOnlyShown: true)
      let best = study?.best.flatMap { trial in trial.values.first.map { TrialsReport.text($0, study, 0) } }
      let trials = stored.counts.values.reduce(0, +)
      var row = [
        stored.name, stored.directions.map { $0.rawValue.lowercased() }.joined(separator: ", "), best ?? "-",
        "\(trials)", study.map { $0.settings.isForeign ? "-" : $0.settings.sampler.description } ?? "-",
      ]
      if showsTimes { row.append(study?.trials.compactMap(\.start).min().map(day) ?? "-") }
      return row
    }
    var columns: [Table.Column] = [
      .init("study", .left), .init("direction", .left), .init("best"), .init("trials"), .init("sampler", .left),
    ]
    if showsTimes { columns.append(.init("begun", .left)) }
    return Table(
      title: "studies in \(storage.place)", columns: columns, rows: rows, note: rows.isEmpty ? "none yet" : nil)
  }

  /// `2026-03-01 09:30`, in the time zone of this machine.
  private static func day(_ date: Date) -> String {
    let parts = Calendar.current.dateComponents([.year, .month, .day, .hour, .minute], from: date)
    func two(_ number: Int?) -> String { let number = number ?? 0; return number < 10 ? "0\(number)" : "\(number)" }
    return "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day)) \(two(parts.hour)):\(two(parts.minute))"
  }
}
