import Datasets
import Drawing
import Language
import NeuralNetworks

extension PlotKind {
  private static let columns = 61
  private static let lines = 47
  private static let mostRows = 800

  static let border = PlotKind(BorderChart.self, .border) { request in
    let judgement = try request.judgement(nil, allowsNames: true)
    let names = try features(request, judgement)
    guard let plane = try request.refusing({ try judgement.model.plane(judgement.data, x: names[0], y: names[1]) })
    else {
      throw Diagnostic("the data lacks '\(names[0])' or '\(names[1])'", at: request.invocation.span)
    }
    let rows = judgement.rows.filter { plane.x.values[Int($0)].isFinite && plane.y.values[Int($0)].isFinite }
    let kept = Reduction.cloud(
      [rows.map { plane.x.values[Int($0)] }, rows.map { plane.y.values[Int($0)] }], count: rows.count, limit: mostRows
    ).map { Int(rows[$0]) }
    // The training rows' range as well: beyond it the network only guesses.
    let known = kept + judgement.data.training.map(Int.init)
    let xs = places(known.map { plane.x.values[$0] }, columns)
    let ys = places(known.map { plane.y.values[$0] }, lines)
    let predictions = try request.refusing {
      try judgement.model.predictions(
        over: plane, judgement.data, xs: xs, ys: ys, threads: request.context.threads)
    }
    var points = BorderChart.Rows(x: kept.map { plane.x.values[$0] }, y: kept.map { plane.y.values[$0] })
    let lines = stride(from: 0, to: predictions.values.count, by: max(xs.count, 1)).map {
      Array(predictions.values[$0..<$0 + xs.count])
    }
    let surface: BorderChart.Surface
    switch judgement.data.examples.targets {
    case .classes(let classes):
      points.classes = kept.map { Int(classes[$0]) }
      surface = .classes(lines, names: judgement.model.classNames)
    case .numbers(let numbers, let width):
      points.numbers = kept.map { numbers[$0 * width] }
      surface = .numbers(lines.map { $0.map { $0[0] } }, name: judgement.model.targetNames[0])
    }
    return BorderChart(
      judgement.judged, xName: plane.x.name, yName: plane.y.name, x: xs, y: ys, surface: surface, rows: points,
      others: plane.others
    ).draw()
  }

  /// The two features that were named, or the only two.
  private static func features(_ request: PlotRequest, _ judgement: Judgement) throws -> [String] {
    let known = judgement.model.planeFeatures(judgement.data)
    let hint = "it has " + known.prefix(12).joined(separator: ", ") + (known.count > 12 ? ", ..." : "")
    let named = try judgement.names.map { subject in
      let text = subject.value.text ?? subject.value.description
      guard known.contains(text) else {
        throw Diagnostic(
          "'\(text)' is not a run, and not a feature with numbers of \(judgement.data.name)", at: subject.span,
          hint: Suggestion.hint(for: text, among: request.session.runs.names + known) ?? hint)
      }
      return text
    }
    if named.isEmpty, known.count == 2 { return known }
    guard named.count == 2, named[0] != named[1] else {
      throw Diagnostic(
        "plot border needs two features", at: request.invocation.span,
        hint: known.count < 2 ? "use plot mistakes" : "use plot border \(typed(known[0])) \(typed(known[1])); \(hint)")
    }
    return named
  }

  private static func typed(_ name: String) -> String { name.isWord ? name : Value.quoted(name) }

  /// Even places over the values and a little beyond.
  private static func places(_ values: [Double], _ count: Int) -> [Double] {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return [] }
    let margin = high > low ? 0.05 * (high - low) : max(abs(high) * 0.1, 1)
    return (0..<count).map { low - margin + (high - low + 2 * margin) * Double($0) / Double(count - 1) }
  }
}
