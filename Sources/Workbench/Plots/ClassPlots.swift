import Datasets
import Drawing
import Language
import NeuralNetworks
import Vocabulary

extension PlotKind {
  static let confusion = PlotKind(ConfusionChart.self, .judged) { request in
    let judgement = try request.judgement(.classification, other: "predicted")
    let classes = judgement.model.classNames.count
    guard classes <= 200 else {
      throw Diagnostic(
        "a confusion matrix of \(Number.count(classes)) classes cannot be read: at most 200 are drawn",
        at: request.invocation.span,
        hint: "use plot errors, or evaluate \(judgement.split.rawValue) metrics=[f1, top_k]")
    }
    let confusion = try request.evaluation(judgement).confusion
    return ConfusionChart(
      classes: judgement.model.classNames, counts: confusion?.counts ?? [], split: judgement.split.rawValue
    ).draw()
  }

  static let roc = PlotKind(RocChart.self, .judgedClasses) { request in
    let judgement = try request.judgement(.classification, other: "predicted", allowsNames: true)
    let scores = try request.evaluation(judgement).scores
    let curves = try request.classes(judgement, scores).map { index in
      let curve = RankedCurve(scores, of: index)
      let (x, y) = curve.corners
      return AreaCurve(judgement.model.classNames[index], x: x, y: y, area: curve.area)
    }
    return RocChart(judgement.judged, curves: curves).draw()
  }

  static let precisionRecall = PlotKind(PrecisionRecallChart.self, .judgedClasses) { request in
    let judgement = try request.judgement(.classification, other: "predicted", allowsNames: true)
    let scores = try request.evaluation(judgement).scores
    let classes = try request.classes(judgement, scores)
    let ranked = classes.map { RankedCurve(scores, of: $0) }
    let curves = zip(classes, ranked).map { index, curve in
      AreaCurve(
        // Without rows of the class there is no recall, and its average is a convention.
        judgement.model.classNames[index], x: curve.recall.reversed() + [0], y: curve.precision.reversed() + [1],
        area: curve.positives > 0 ? curve.averagePrecision : .nan)
    }
    let chance = ranked.count == 1 ? ranked[0].positives / (ranked[0].positives + ranked[0].negatives) : nil
    return PrecisionRecallChart(judgement.judged, curves: curves, chance: chance).draw()
  }

  static let calibration = PlotKind(CalibrationChart.self, .judged) { request in
    let judgement = try request.judgement(.classification, other: "predicted")
    let bins = request.invocation.int("bins")!
    let ece = Call("ece", [.init("bins", .int(bins))])
    let evaluation = try request.evaluation(judgement, metrics: [Call("brier"), ece])
    if let reason = Metrics.metric(of: "brier")?.reasonUndefined(
      on: judgement.data, judgement.split, output: judgement.model.architecture.output)
    {
      throw Diagnostic(
        "\(judgement.run.name) has no calibration: \(reason)", at: request.invocation.positionals[0].span,
        hint: "use plot roc, or train with loss=cross_entropy")
    }
    let names = judgement.model.classNames
    let scores = evaluation.scores
    return CalibrationChart(
      judgement.judged, subject: names.count == 2 ? "'\(names[scores.positive])'" : "the likeliest class",
      bins: Calibration(scores, bins: bins).bins.map {
        .init(rows: $0.rows, predicted: $0.predicted, actual: $0.actual)
      }, count: bins, error: evaluation[ece.description] ?? .nan, brier: evaluation["brier"] ?? .nan
    ).draw()
  }

  static let errors = PlotKind(ErrorsChart.self, .judged) { request in
    let judgement = try request.judgement(.classification, other: "residuals")
    let scores = try request.evaluation(judgement).scores
    let names = judgement.model.classNames
    var rows = [Int](repeating: 0, count: names.count)
    var wrong = [[Int: Int]](repeating: [:], count: names.count)
    for (truth, guess) in zip(scores.classes, scores.predictedClasses) {
      rows[Int(truth)] += 1
      if Int(truth) != guess { wrong[Int(truth)][guess, default: 0] += 1 }
    }
    let classes = names.indices.map { index in
      let most = wrong[index].max { ($0.value, $1.key) < ($1.value, $0.key) }
      return ErrorsChart.OneClass(
        names[index], rows: rows[index], wrong: wrong[index].values.reduce(0, +),
        takenFor: most.map { names[$0.key] }, times: most?.value ?? 0)
    }
    return ErrorsChart(judgement.judged, classes: classes).draw()
  }
}

extension PlotRequest {
  /// The classes that are each drawn against the rest: those that were named, else the positive one of two, else all.
  fileprivate func classes(_ judgement: Judgement, _ scores: Scores) throws -> [Int] {
    let names = judgement.model.classNames
    if judgement.names.isEmpty { return names.count == 2 ? [scores.positive] : Array(names.indices) }
    return try judgement.names.map { subject in
      let text = subject.value.text ?? subject.value.description
      guard let index = names.firstIndex(of: text) else {
        throw unknown(
          subject, among: session.runs.names + names,
          "'\(text)' is not a run, and not a class of \(judgement.data.name)")
      }
      return index
    }
  }
}

extension RankedCurve {
  /// One class against the rest.
  fileprivate init(_ scores: Scores, of index: Int) {
    self.init(values: scores.values(of: index), isPositive: scores.isPositive(index), weights: scores.weights)
  }

  /// The ROC curve from (0, 0), without the points between two others on a line. O(thresholds).
  fileprivate var corners: (x: [Double], y: [Double]) {
    var (x, y) = ([0.0], [0.0])
    for (a, b) in zip(falsePositiveRate, recall) {
      let last = x.count - 1
      if last > 0, x[last] == x[last - 1] && a == x[last] || y[last] == y[last - 1] && b == y[last] {
        (x[last], y[last]) = (a, b)
      } else {
        x.append(a)
        y.append(b)
      }
    }
    return (x, y)
  }
}
