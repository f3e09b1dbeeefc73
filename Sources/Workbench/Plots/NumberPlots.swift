import Drawing
import NeuralNetworks
import Vocabulary

extension PlotKind {
  static let predicted = PlotKind(PredictedChart.self, .judged) { request in
    let judgement = try request.judgement(.regression, other: "confusion")
    let evaluation = try request.evaluation(judgement, metrics: [Call("rmse")])
    return PredictedChart(
      judgement.judged, targets: targets(judgement, evaluation.scores), r2: evaluation["r2"], rmse: evaluation["rmse"]
    ).draw()
  }

  static let residuals = PlotKind(ResidualsChart.self, .judged) { request in
    let judgement = try request.judgement(.regression, other: "errors")
    let scores = try request.evaluation(judgement).scores
    return ResidualsChart(judgement.judged, targets: targets(judgement, scores)).draw()
  }

  private static func targets(_ judgement: Judgement, _ scores: Scores) -> [JudgedTarget] {
    judgement.model.targetNames.indices.map { target in
      let places = stride(from: target, to: scores.numbers.count, by: scores.width)
      return JudgedTarget(
        judgement.model.targetNames[target], truth: places.map { scores.numbers[$0] },
        predicted: places.map { scores.predicted[$0] })
    }
  }
}
