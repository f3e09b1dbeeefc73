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

  /// Parameters that were named; all of the study's where none was.
  func parameters(_ study: Study, count: Int) throws -> [String] {
    let names = study.space.parameters.map(\.name)
    for subject in subjects where !names.contains(subject.value.text ?? "") {
      let said = subject.value.description
      throw Diagnostic(
        "the study has no parameter '\(said)'", at: subject.span,
        hint: Suggestion.hint(for: said, among: names) ?? "it has " + names.joined(separator: ", "))
    }
    let chosen = subjects.isEmpty ? Array(names.prefix(count)) : subjects.compactMap(\.value.text)
    guard chosen.count == count else {
      throw Diagnostic(
        "plot \(invocation.text(at: 0)!) takes \(count) parameters", at: invocation.span,
        hint: "the study has " + names.joined(separator: ", "))
    }
    return chosen
  }
}

extension PlotKind {
  static let history = PlotKind(HistoryChart.self) { HistoryChart(try $0.values()).draw() }
  static let intermediate = PlotKind(IntermediateChart.self) { IntermediateChart(try $0.values()).draw() }
  static let parallel = PlotKind(ParallelChart.self) { ParallelChart(try $0.values()).draw() }
  static let slice = PlotKind(SliceChart.self) { SliceChart(try $0.values()).draw() }
  static let rank = PlotKind(RankChart.self) { RankChart(try $0.values()).draw() }
  static let timeline = PlotKind(TimelineChart.self) { TimelineChart(try $0.values()).draw() }
  static let edf = PlotKind(EdfChart.self) { EdfChart([try $0.values()]).draw() }

  static let pareto = PlotKind(ParetoChart.self) { request in
    let values = try request.values()
    guard values.objectives.count > 1 else {
      throw Diagnostic(
        "plot pareto needs several objectives", at: request.invocation.span,
        hint: "for example tune objective=[val_loss, parameters]; plot history shows this study")
    }
    return ParetoChart(values).draw()
  }

  static let contour = PlotKind(ContourChart.self, .parameters) { request in
    let study = try request.study()
    let names = try request.parameters(study, count: 2)
    return ContourChart(StudyValues(study), x: names[0], y: names[1]).draw()
  }

  static let importance = PlotKind(ImportanceChart.self) { request in
    try request.takesNothing()
    let study = try request.study()
    let shares = try ImportanceReport.shares(of: study, at: request.invocation.span)
    return ImportanceChart(
      shares: shares.map { .init($0.name, $0.share) }, objective: study.metrics.first ?? "the objective",
      method: ImportanceReport.method
    ).draw()
  }
}
