import Datasets
import Drawing
import Language
import NeuralNetworks
import Vocabulary

extension PlotKind {
  /// Predictions that a plot of permutations may take: some seconds of a small network.
  private static let mostPredictions = 4_000_000

  static let permutation = PlotKind(PermutationChart.self, .judged) { request in
    let judgement = try request.judgement(nil)
    let span = request.invocation.positionals[0].span
    guard judgement.data.imageShape == nil else {
      throw Diagnostic(
        "plot permutation shuffles columns, and \(judgement.data.name) is images", at: span,
        hint: "use plot weights or plot mistakes")
    }
    let metric = try metric(request, judgement)
    let shuffles = request.invocation.int("repeat")!
    let columns = max(judgement.model.encoding?.columns.count ?? judgement.model.architecture.inputs, 1)
    let rows = spread(judgement.rows, atMost: max(100, mostPredictions / columns / shuffles))
    let importance = try request.refusing {
      try PermutationImportance(
        judgement.model, judgement.data, rows: rows, metric: metric, shuffles: shuffles,
        threads: request.context.threads,
        isCancelled: request.context.isCancelled,
        order: PermutationImportance.orders(seed: request.session.settings.seed))
    }
    var judged = judgement.judged
    judged.rows = rows.count
    return PermutationChart(
      judged, columns: importance.columns.map { .init($0.name, drop: $0.mean, deviation: $0.deviation) },
      metric: metric.description, score: importance.score, shuffles: shuffles
    ).draw()
  }

  /// `metric=`, else accuracy or r2.
  private static func metric(_ request: PlotRequest, _ judgement: Judgement) throws -> Call {
    guard let name = request.invocation.said("metric")?.text else {
      return Call(judgement.model.task == .classification ? "accuracy" : "r2")
    }
    guard let metric = Metrics.all.first(where: { $0.syntax.name == name && $0.tasks.contains(judgement.model.task) })
    else {
      let names = Metrics.all.filter { $0.tasks.contains(judgement.model.task) }.map(\.syntax.name)
      throw Diagnostic(
        "'\(name)' is not a metric of \(judgement.model.task.rawValue)", at: request.invocation.span(of: "metric"),
        hint: Suggestion.hint(for: name, among: names) ?? "use " + names.joined(separator: ", "))
    }
    return Call(metric.syntax.name)
  }

  /// Evenly spread rows, at most so many.
  private static func spread(_ rows: [Int32], atMost limit: Int) -> [Int32] {
    rows.count <= limit ? rows : (0..<limit).map { rows[$0 * rows.count / limit] }
  }

  static let weights = PlotKind(WeightsChart.self, .run) { request in
    let run = try request.runs()
    if run.count > 1 { throw Diagnostic("plot weights takes one run", at: request.subjects[1].span) }
    let model = try run[0].trained(at: request.invocation.span)
    guard let first = model.tensors.first, first.shape.count == 2 else {
      return WeightsChart(run: run[0].name, weights: [], inputs: []).draw()
    }
    let inputs = first.shape[1]
    let weights = stride(from: 0, to: first.values.count, by: inputs).map { Array(first.values[$0..<$0 + inputs]) }
    let image = model.imageShape.flatMap { $0.channels == 1 ? (width: $0.width, height: $0.height) : nil }
    return WeightsChart(run: run[0].name, weights: weights, inputs: model.featureNames, image: image).draw()
  }

  static let activation = PlotKind(ActivationChart.self, .activations) { request in
    let activations =
      try request.subjects.isEmpty
      ? [request.session.networkDescription.activation] : request.subjects.map(activation)
    let x = (-100...100).map { Double($0) / 20 }
    return ActivationChart(
      x: x,
      curves: activations.map { activation in
        let (values, slopes) = activation.curve(at: x)
        return .init(activation.syntax.name, values: values, slopes: slopes)
      }
    ).draw()
  }

  private static func activation(_ subject: Invocation.Bound) throws -> Activation {
    let text = subject.value.text ?? subject.value.description
    guard let activation = Activation.allCases.first(where: { $0.syntax.name == text }) else {
      throw Diagnostic(
        "unknown activation '\(text)'", at: subject.span,
        hint: Suggestion.hint(for: text, among: Activation.allCases.map(\.syntax.name)))
    }
    return activation
  }
}
