import Drawing
import NeuralNetworks

/// Predictions as tables: whole for a file, the first rows to look at.
struct PredictionReport {
  let model: TrainedModel
  let predictions: Predictions
  /// As many as rows, where they are known.
  let targets: [String]?

  var rows: Int { predictions.values.count }

  /// `prediction`, a `probability_NAME` for each class, `target` where it is known; numbers in full.
  var file: Table {
    let kind = model.architecture.output == .identity ? "score_" : "probability_"
    return table(0..<rows, classes: model.classNames.map { kind + $0 }) { "\($0)" }
  }

  func head(_ name: String, limit: Int = 10) -> Table {
    var head = table(0..<min(rows, limit), classes: model.classNames) { Number.significant(Double($0), digits: 4) }
    head.title = "\(name): \(Number.count(rows)) prediction\(rows == 1 ? "" : "s") of \(model.targetName)"
    if rows > limit {
      head.note = "the first \(limit) of \(Number.count(rows)); to=\"predictions.csv\" writes them all"
    }
    return head
  }

  private func table(_ range: Range<Int>, classes: [String], _ text: (Float) -> String) -> Table {
    let isClassifier = model.task == .classification
    var columns = [Table.Column("prediction")] + (isClassifier ? classes.map { Table.Column($0) } : [])
    if targets != nil { columns.append(.init("target")) }
    let lines = range.map { row -> [String] in
      let values = predictions.values[row]
      var line = isClassifier ? [model.classNames[predictions.classes[row]]] + values.map(text) : [text(values[0])]
      if let targets { line.append(targets[row]) }
      return line
    }
    return Table(columns: columns, rows: lines)
  }
}
