import Drawing
import Language
import Search
import Studies

extension PlotRequest {
  /// The current study with at least one trial.
  func study() throws -> Study {
    guard let study = session.study else {
      throw Diagnostic("there is no study yet", at: invocation.span, hint: "tune makes one")
    }
    try study.look()
    return study
  }

  func values() throws -> StudyValues {
    try takesNothing()
    return StudyValues(try study())
  }

  /// The studies that were named, of the storage; the current one if none was.
  func studies() throws -> [StudyValues] {
    if subjects.isEmpty { return [StudyValues(try study())] }
    return try subjects.map { subject in
      let name = subject.value.text ?? subject.value.description
      if let study = session.study, study.name == name {
        try study.look()
        return StudyValues(study)
      }
      return StudyValues(try StudyOpening(context: context).study(name, in: context.session.storage, at: subject.span))
    }
  }

  /// The parameters that were named; without names all of them, those that matter most first.
  func selection() throws -> StudyValues {
    let study = try study()
    return StudyValues(study).selecting(try subjects.isEmpty ? byImportance(study) : named(study))
  }

  /// As many parameters as the chart has axes: those that were named, or that matter most.
  func parameters(_ study: Study, count: Int) throws -> [String] {
    let chosen = try subjects.isEmpty ? Array(byImportance(study).prefix(count)) : named(study)
    guard chosen.count == count else {
      throw Diagnostic(
        "plot \(invocation.text(at: 0)!) takes \(count) parameters", at: invocation.span,
        hint: study.space.parameters.isEmpty
          ? "the study has no parameters yet"
          : "the study has " + study.space.parameters.map(\.name).joined(separator: ", "))
    }
    return chosen
  }

  /// The place of the objective that was named; nil if none was.
  func objective(of study: Study) throws -> Int? {
    guard let subject = subjects.first else { return nil }
    if subjects.count > 1 {
      throw Diagnostic("plot importance takes one objective", at: subjects[1].span)
    }
    let given = subject.value.text ?? subject.value.description
    guard let place = study.metrics.firstIndex(of: given) else {
      throw Diagnostic(
        "'\(given)' is not an objective of the study", at: subject.span,
        hint: Suggestion.hint(for: given, among: study.metrics) ?? "it has " + study.metrics.joined(separator: ", "))
    }
    return place
  }

  private func named(_ study: Study) throws -> [String] {
    let names = study.space.parameters.map(\.name)
    return try subjects.map { subject in
      let given = subject.value.text ?? subject.value.description
      if names.contains(given) { return given }
      throw Diagnostic(
        "the study has no parameter '\(given)'", at: subject.span,
        hint: Suggestion.hint(for: given, among: names) ?? "it has " + names.joined(separator: ", "))
    }
  }

  /// As in the space where the trials do not tell the parameters apart.
  ///
  /// The mean over several shares of the best: of few trials the best tenth alone is two or three, whose other parameters
  /// are alike by chance. Of 40 studies of 20 random trials, the two parameters that matter of three are so found in 35, by
  /// the best tenth in 22.
  private func byImportance(_ study: Study) -> [String] {
    let observations = study.trials.map(\.observation)
    var sums: [String: Double] = [:]
    for share in [0.1, 0.2, 0.33, 0.5] {
      let shares = PEDAnova.importance(
        observations, space: study.space, directions: study.directions, bestShare: share)
      for entry in shares { sums[entry.name, default: 0] += entry.share }
    }
    let names = study.space.parameters.map(\.name)
    return names.enumerated().sorted {
      (-sums[$0.element, default: 0], $0.offset) < (-sums[$1.element, default: 0], $1.offset)
    }.map(\.element)
  }
}

extension PlotKind {
  static let history = PlotKind(HistoryChart.self, .studies) { HistoryChart(try $0.studies()).draw() }
  static let intermediate = PlotKind(IntermediateChart.self) { IntermediateChart(try $0.values()).draw() }
  static let parallel = PlotKind(ParallelChart.self, .parameters) { ParallelChart(try $0.selection()).draw() }
  static let slice = PlotKind(SliceChart.self, .parameters) { SliceChart(try $0.selection()).draw() }
  static let rank = PlotKind(RankChart.self, .parameters) { RankChart(try $0.selection()).draw() }
  static let timeline = PlotKind(TimelineChart.self) { TimelineChart(try $0.values()).draw() }
  static let edf = PlotKind(EdfChart.self, .studies) { EdfChart(try $0.studies()).draw() }

  static let pareto = PlotKind(ParetoChart.self) { request in
    let values = try request.values()
    guard values.objectives.count > 1 else {
      throw Diagnostic(
        "plot pareto needs several objectives", at: request.invocation.span,
        hint: "for example tune objective=[val_loss, parameters]; plot history shows this study")
    }
    return ParetoChart(values).draw()
  }

  static let contour = PlotKind(ContourChart.self, .parameterPair) { request in
    let study = try request.study()
    let names = try request.parameters(study, count: 2)
    return ContourChart(StudyValues(study), x: names[0], y: names[1]).draw()
  }

  static let importance = PlotKind(ImportanceChart.self, .objective) { request in
    let study = try request.study()
    let objective = try request.objective(of: study)
    let shares = try ImportanceReport.shares(of: study, objective: objective, at: request.invocation.span)
    return ImportanceChart(
      shares: shares.map { .init($0.name, $0.share) },
      objective: study.metrics.indices.contains(objective ?? 0) ? study.metrics[objective ?? 0] : "the objective",
      method: ImportanceReport.method
    ).draw()
  }
}
