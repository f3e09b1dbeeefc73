import Datasets
import Drawing
import NeuralNetworks

extension PlotKind {
  static let mistakes = PlotKind(MistakesChart.self, .judged) { request in
    let judgement = try request.judgement(nil)
    let scores = try request.evaluation(judgement).scores
    return judgement.model.task == .classification
      ? wrongClasses(judgement, scores).draw() : wrongNumbers(judgement, scores).draw()
  }

  /// By what the wrong class got.
  private static func wrongClasses(_ judgement: Judgement, _ scores: Scores) -> MistakesChart {
    let (names, guesses) = (judgement.model.classNames, scores.predictedClasses)
    let sizes = guesses.indices.map { scores.output($0, of: guesses[$0]) }
    let wrong = guesses.indices.filter { guesses[$0] != Int(scores.classes[$0]) }
      .sorted { (sizes[$1], $0) < (sizes[$0], $1) }
    if let shape = judgement.data.imageShape, shape.channels == 1 {
      let samples = wrong.prefix(100).map { place in
        DataChart.Sample(
          image: judgement.data.examples.row(Int(judgement.rows[place])), label: names[Int(scores.classes[place])],
          note: "as \(names[guesses[place]])")
      }
      return MistakesChart(
        judgement.judged, content: .images(samples, width: shape.width, height: shape.height), wrong: wrong.count)
    }
    let rows = wrong.prefix(100).map { place in
      MistakesChart.Row(
        number: judgement.number(of: place), truth: names[Int(scores.classes[place])],
        predicted: names[guesses[place]], size: sizes[place])
    }
    return MistakesChart(
      judgement.judged, content: .rows(rows), wrong: wrong.count,
      quantity: judgement.model.architecture.output == .identity
        ? "output of the wrong class" : "probability of the wrong class")
  }

  /// By the distance from the true number; of several targets the largest in its standard deviation.
  private static func wrongNumbers(_ judgement: Judgement, _ scores: Scores) -> MistakesChart {
    let width = max(scores.width, 1)
    let spreads = (0..<width).map { target -> Double in
      guard width > 1 else { return 1 }
      let values = stride(from: target, to: scores.numbers.count, by: width).map { scores.numbers[$0] }
      let mean = values.reduce(0, +) / Double(max(values.count, 1))
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(values.count, 1))
      return variance > 0 ? variance.squareRoot() : 1
    }
    func text(_ values: [Double], _ row: Int) -> String {
      (0..<width).map { Number.significant(values[row * width + $0], digits: 4) }.joined(separator: ", ")
    }
    func size(_ row: Int, _ target: Int) -> Double {
      let place = row * width + target
      return abs(scores.numbers[place] - scores.predicted[place]) / spreads[target]
    }
    let sizes: [Double] = (0..<scores.rows).map { row in (0..<width).map { size(row, $0) }.max() ?? 0 }
    let worst = sizes.indices.filter { sizes[$0].isFinite }.sorted { (sizes[$1], $0) < (sizes[$0], $1) }
    let rows = worst.prefix(100).map { row in
      MistakesChart.Row(
        number: judgement.number(of: row), truth: text(scores.numbers, row), predicted: text(scores.predicted, row),
        size: sizes[row])
    }
    return MistakesChart(
      judgement.judged, content: .rows(rows),
      quantity: width > 1 ? "distance in standard deviations" : "distance from the true \(judgement.model.targetName)")
  }
}

extension Judgement {
  /// The number in its source of a judged row.
  fileprivate func number(of place: Int) -> Int { data.examples.number(of: Int(rows[place])) }
}

extension Scores {
  /// A row's output for a class; of a lone output the complement is the first class's.
  fileprivate func output(_ row: Int, of index: Int) -> Double {
    if width == 1 { return index == 1 ? Double(outputs[row]) : 1 - Double(outputs[row]) }
    return Double(outputs[row * width + index])
  }
}

extension DataChart.Sample {
  /// An image of any unit, its brightest pixel white.
  init(image: [Float], label: String, note: String = "") {
    let highest = max(image.max() ?? 1, 1e-6)
    self.init(pixels: image.map { $0 / highest }, label: label, note: note)
  }
}
