import Drawing
import Language
import NeuralNetworks
import Vocabulary

extension PlotRequest {
  /// The calls of a registry that were said, at least one. `article` stands before the family's name.
  func calls(
    _ article: String, _ family: String, among syntaxes: [Syntax], example: String
  ) throws -> [(call: Call, span: Span)] {
    guard !subjects.isEmpty else {
      throw Diagnostic(
        "plot \(invocation.text(at: 0)!) needs \(article) \(family)", at: invocation.span,
        hint: "for example: \(example)")
    }
    return try subjects.map { subject in
      guard let call = subject.value.call, syntaxes.contains(where: { $0.name == call.name }) else {
        throw Diagnostic(
          "unknown \(family) '\(subject.value)'", at: subject.span,
          hint: Suggestion.hint(for: subject.value.description, among: syntaxes.map(\.name)))
      }
      return (call, subject.span)
    }
  }

  /// The runs that were named; the latest where none was.
  func runs() throws -> [Run] {
    try context.runs(subjects, otherwise: { [$0.last].compactMap { $0 } }, at: invocation.span)
  }
}

extension PlotKind {
  static let loss = PlotKind(LossChart.self, .runs) { request in
    let runs = try request.runs()
    return LossChart(runs: runs.map(RunReport.lossCurves), losses: runs.map(RunReport.lossName)).draw()
  }

  static let accuracy = PlotKind(AccuracyChart.self, .runs) { request in
    let runs = try request.runs()
    let standard = runs[0].task == .classification ? "accuracy" : RunReport.metrics(runs[0]).first
    guard let metric = request.invocation.said("metric")?.text ?? standard else {
      throw Diagnostic(
        "\(runs[0].name) has no metric to plot", at: request.invocation.span,
        hint: "train metrics=[mae, r2] measures some")
    }
    let curves = try runs.map { run in
      guard let validation = run.history["val_" + metric] ?? run.history["train_" + metric].map({ _ in [] }) else {
        throw Diagnostic(
          "\(run.name) has not measured \(metric)", at: request.invocation.span,
          hint: "train metrics=[\(metric)] measures it")
      }
      return RunCurves(
        name: run.name, train: run.history["train_" + metric] ?? [], validation: validation,
        bestEpoch: run.plan.earlyStopping == nil ? nil : run.bestEpoch)
    }
    return AccuracyChart(runs: curves, metric: metric, isShare: MetricNames.isShare("val_" + metric)).draw()
  }

  static let learningRate = PlotKind(LearningRateChart.self, .runs) { request in
    LearningRateChart(runs: try request.runs().map { NamedCurve($0.name, $0.history.learningRate) }).draw()
  }

  static let schedule = PlotKind(ScheduleChart.self, .schedules) { request in
    let calls = try request.calls(
      "a", "schedule", among: Schedules.syntaxes, example: "plot schedule step(factor=0.5, every=5)")
    let epochs = request.invocation.int("epochs")!
    let rate = request.invocation.float("learning_rate")!
    let curves = try calls.map { call, span in
      do {
        return NamedCurve(call.description, try Schedules.rates(call, learningRate: rate, epochs: epochs))
      } catch let error as TrainingError {
        throw Diagnostic(error.message, at: span, hint: error.hint)
      }
    }
    return ScheduleChart(schedules: curves).draw()
  }

  static let network = PlotKind(NetworkChart.self) { request in
    try request.takesNothing()
    let session = request.session
    guard let data = session.data else {
      throw Diagnostic(
        "the sizes of the network come with the data, and there is none yet", at: request.invocation.span,
        hint: "for example: data digits")
    }
    let network = session.networkDescription
    let layers = NetworkReport.layers(network, try? Architecture(network, for: data.dataset))
    return NetworkChart(
      layers: layers.map {
        .init(name: $0.name, width: Int($0.width) ?? 0, detail: $0.detail, parameters: $0.parameters ?? 0)
      }
    ).draw()
  }
}
