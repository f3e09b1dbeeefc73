import Language
import NeuralNetworks

extension ExportKind {
  private static let networkFormats = ModelFormats.all.map {
    ExportFormat(ending: $0.ending, summary: $0.summary, needs: $0.needs)
  }

  static let best = ExportKind("best", "the network of the study's best trial", formats: networkFormats) {
    request, format in
    try request.takesNoRun("best")
    let best = BestRun(
      context: request.context, span: request.invocation.positionals[0].span, isQuiet: request.invocation.isQuiet)
    return try network(best.find(), request, format)
  }

  static let run = ExportKind("run", "a run's network", formats: networkFormats) { request, format in
    try network(request.trainedRun(), request, format)
  }

  private static func network(_ run: Run, _ request: ExportRequest, _ format: ExportFormat) throws -> [ModelFormat.File]
  {
    let span = request.invocation.span(of: "to")
    let writer = ModelFormats.all.first { $0.ending == format.ending }!
    do { return try writer.files(try run.trained(at: span), stem: request.stem) } catch let error as TrainingError {
      throw Diagnostic(error.message, at: span, hint: error.hint)
    }
  }
}
