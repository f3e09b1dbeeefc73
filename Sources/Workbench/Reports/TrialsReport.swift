import Drawing
import Search
import Studies

/// Tables of trials.
enum TrialsReport {
  /// `best` first, or in order of numbers; times only where they may stand.
  static func table(_ study: Study, top: Int? = nil, columns wanted: [String] = [], showsTimes: Bool) -> Table {
    let all = study.trials
    let order = top == nil ? all : ranked(all, study)
    let shown = top.map { Array(order.prefix($0)) } ?? order
    let best = study.best?.number
    let parameters = study.space.parameters.map(\.name)
    let hasSpread = shown.contains { !$0.spread.isEmpty }
    var columns: [Table.Column] =
      [.init("trial")]
      + study.metrics.flatMap { metric -> [Table.Column] in
        let deviation = study.metrics.count == 1 ? "deviation" : "deviation of \(metric)"
        return hasSpread ? [.init(metric), .init(deviation)] : [.init(metric)]
      }
    // Two trials of one study may have been trained with other settings: the table tells them apart.
    // What the table shows anyway is not shown again, nor what is asked for twice.
    let own = Set(study.metrics + parameters)
    var extras = differingSettings(all, besides: Set(parameters)).filter { !wanted.contains($0) }
    for name in wanted where !own.contains(name) && !extras.contains(name) { extras.append(name) }
    columns += parameters.map { .init($0) } + extras.map { .init($0) } + [.init("state", .left)]
    if showsTimes { columns.append(.init("time")) }
    let values = study.metrics.indices.flatMap { objective in
      [column(study, shown.map(\.values), objective)]
        + (hasSpread ? [column(study, shown.map(\.spread), objective)] : [])
    }
    let params = parameters.map { name in column(shown, name) } + extras.map { extra($0, shown, study) }
    let rules = study.space.constraints.map(\.text)
    let reasons = shown.map { $0.why(subjectTo: rules) }
    let hasReasons = reasons.contains { $0 != nil }
    if hasReasons { columns.append(.init("why", .left)) }
    let rows = shown.indices.map { index in
      let trial = shown[index]
      var row = ["\(trial.number)"] + values.map { $0[index] } + params.map { $0[index] } + [trial.state.rawValue]
      if showsTimes { row.append(trial.seconds.map(Number.duration) ?? "") }
      if hasReasons { row.append(reasons[index] ?? "") }
      return row
    }
    return Table(
      title: title(study, all, top: top.map { min($0, order.count) }), columns: columns, rows: rows,
      marked: shown.firstIndex { $0.number == best })
  }

  /// Settings that are not searched and are not the same in all trials of which they are known.
  static func differingSettings(_ trials: [TrialRecord], besides searched: Set<String>) -> [String] {
    let known = trials.compactMap(\.configuration?.settings)
    guard known.count > 1 else { return [] }
    // A layer's width is part of `hidden`, and so are all names that only say it.
    let widths: Set<String> = ["layers", "neurons"]
    let searchesWidths = searched.contains { widths.contains($0) || NetworkSettings.layerIndex($0) != nil }
    let names = Set(known.flatMap(\.keys)).subtracting(searched).filter { !($0 == "hidden" && searchesWidths) }
    return names.filter { name in known.contains { $0[name] != known[0][name] } }.sorted()
  }

  /// What `trials columns=` knows.
  static func columns(of study: Study) -> [String] {
    let trials = study.trials
    let metrics = Set(trials.flatMap(\.metrics.keys))
    let settings = Set(trials.compactMap(\.configuration?.settings).flatMap(\.keys))
    let own = study.metrics + study.space.parameters.map(\.name)
    let others = metrics.sorted() + settings.subtracting(metrics).sorted() + ["seconds", "seed", "data"]
    return own + others.filter { !own.contains($0) }
  }

  private static func extra(_ name: String, _ trials: [TrialRecord], _ study: Study) -> [String] {
    switch name {
    case "seconds" where !trials.contains { $0.metrics[name] != nil }:
      return trials.map { $0.seconds.map { Number.significant($0, digits: 3) } ?? "" }
    case "seed":
      return trials.map { trial in
        trial.configuration.map { "\(TrialContext.seed(study: $0.seed, number: 0).typed)" } ?? ""
      }
    case "data": return trials.map { $0.configuration?.data ?? "" }
    default: break
    }
    if trials.contains(where: { $0.metrics[name] != nil }) {
      let base = ["best_", "last_"].first(where: name.hasPrefix).map { String(name.dropFirst($0.count)) } ?? name
      if !study.settings.isForeign, MetricNames.isShare(base) {
        return trials.map { $0.metrics[name].map { Number.percent($0, decimals: 2) } ?? "-" }
      }
      return Number.column(trials.map { $0.metrics[name] })
    }
    return trials.map { $0.configuration?.settings[name].map(\.printed) ?? "" }
  }

  /// `10 trials: 7 complete, 2 pruned, 1 failed`
  static func counts(_ trials: [TrialRecord]) -> String {
    let states: [TrialRecord.State] = [.complete, .pruned, .failed, .running, .waiting]
    let parts = states.compactMap { state -> String? in
      let count = trials.filter { $0.state == state }.count
      return count == 0 ? nil : "\(count) \(state.rawValue)"
    }
    return "\(trials.count) trial\(trials.count == 1 ? "" : "s")"
      + (parts.isEmpty ? "" : ": " + parts.joined(separator: ", "))
  }

  private static func title(_ study: Study, _ trials: [TrialRecord], top: Int?) -> String {
    guard let top else { return "study \(study.name), " + counts(trials) + study.positiveNote }
    // Of several objectives there is no best, only a front.
    let kind = study.directions.count == 1 ? "best \(top) of " : "\(top) of the \(study.front.count) on the front of "
    return "study \(study.name), " + kind + counts(trials) + study.positiveNote
  }

  /// Complete trials from best to worst, those that break a constraint last, then the pruned, then the others, each by number.
  static func ranked(_ trials: [TrialRecord], _ study: Study) -> [TrialRecord] {
    guard let direction = study.directions.first, study.directions.count == 1 else {
      return study.front.sorted { ($0.values.first ?? 0, $0.number) < ($1.values.first ?? 0, $1.number) }
    }
    func rank(_ trial: TrialRecord) -> Int {
      trial.state == .complete ? (trial.isFeasible ? 0 : 1) : trial.state == .pruned ? 2 : 3
    }
    return trials.sorted { a, b in
      if rank(a) != rank(b) { return rank(a) < rank(b) }
      if let x = a.values.first, let y = b.values.first, x != y {
        return direction == .minimize ? x < y : x > y
      }
      return a.number < b.number
    }
  }

  /// A value of an objective, in its unit if it has one.
  static func text(_ value: Double, _ study: Study?, _ objective: Int) -> String {
    study?.isShare(objective) ?? false ? Number.percent(value, decimals: 2) : Number.significant(value, digits: 4)
  }

  private static func column(_ study: Study, _ numbers: [[Double]], _ objective: Int) -> [String] {
    let values = numbers.map { $0.indices.contains(objective) ? $0[objective] : nil }
    if study.isShare(objective) {
      return values.map { $0.map { Number.percent($0, decimals: 2) } ?? "-" }
    }
    return Number.column(values)
  }

  private static func column(_ trials: [TrialRecord], _ name: String) -> [String] {
    let values = trials.map { $0.point[name] }
    let isFloat = values.contains { if case .float? = $0 { true } else { false } }
    return values.map { value in
      guard let value else { return "" }
      return isFloat
        ? value.number.map { Number.significant($0, digits: 4) } ?? value.shown(for: name) : value.shown(for: name)
    }
  }
}

extension TrialRecord {
  /// Why it ended as it did, and the rules that it breaks; nil where nothing is to be said.
  func why(subjectTo rules: [String]) -> String? {
    let broken = violations.indices.filter { violations[$0] > 0 }
    let said = broken.map { $0 < rules.count ? rules[$0] : "a constraint" }
    let parts = [reason, said.isEmpty ? nil : "breaks " + said.joined(separator: ", ")].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}
