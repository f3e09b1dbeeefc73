import Language
import NeuralNetworks

extension ExportKind {
  private static let networkFormats = ModelFormats.all.map { ExportFormat(ending: $0.ending, summary: $0.summary) }

  static let best = ExportKind("best", "the network of the study's best trial", formats: networkFormats) { request, format in
    try request.takesNoRun("best")
    return try network(request.bestRun(), request, format)
  }

  static let run = ExportKind("run", "a run's network", formats: networkFormats) { request, format in
    try network(request.run(), request, format)
  }

  private static func network(_ run: Run, _ request: ExportRequest, _ format: ExportFormat) throws -> [ModelFormat.File] {
    let span = request.invocation.span(of: "to")
    let writer = ModelFormats.all.first { $0.ending == format.ending }!
    do { return try writer.files(try run.trained(at: span), stem: request.stem) } catch let error as TrainingError {
      throw Diagnostic(error.message, at: span, hint: error.hint)
    }
  }
}

extension ExportRequest {
  /// The run of the study's best trial, whose weights `tune` has kept.
  func bestRun() throws -> Run {
    let span = invocation.positionals[0].span
    let study = try context.study(at: span)
    guard study.directions.count == 1 else {
      throw Diagnostic(
        "a study with several objectives has no single best trial", at: span,
        hint: "plot pareto shows the front; retrain 3 and export run write the network of a trial")
    }
    guard let best = study.best else { throw Diagnostic("no trial is complete yet", at: span) }
    guard let run = context.session.runs.all.last(where: { $0.trial == best.number && $0.study == study.name }) else {
      throw Diagnostic(
        "the weights of trial \(best.number), the best, are not in this session", at: span,
        hint: "retrain best makes them again; then export run writes them")
    }
    return run
  }
}
