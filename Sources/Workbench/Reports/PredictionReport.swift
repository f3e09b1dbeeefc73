import Drawing
import Foundation
import NeuralNetworks

/// Predictions as tables: whole for a file, the first rows to look at.
struct PredictionReport {
  let model: TrainedModel
  /// Of all rows, or of those that are shown.
  let predictions: Predictions
  /// As many as rows, where they are known.
  let targets: [[String]]?
  /// The rows' numbers in their source, from 1.
  let numbers: [Int]
  /// Columns of the table beside the predictions, by name.
  let kept: [(name: String, texts: [String])]
  /// Of the source.
  let rows: Int

  /// Rows that are shown where no file is written.
  static let shown = 10

  /// `row`, columns that are kept, `prediction`, a `probability_NAME` for each class, `target` where it is known; numbers in full. Where several numbers
  /// are predicted, `prediction_NAME` and `target_NAME` for each.
  var file: Table {
    let kind = model.architecture.output == .identity ? "score_" : "probability_"
    return table(0..<rows, classes: model.classNames.map { kind + $0 }) {
      model.task == .classification || Double(Float($0)) == $0 ? "\(Float($0))" : Self.number($0)
    }
  }

  /// Twelve digits: more than single precision has, so that a large number keeps its last ones.
  private static func number(_ value: Double) -> String {
    let text = String(format: "%.12g", value)
    return text.contains("e") || text.contains(".") ? text : text + ".0"
  }

  func head(_ name: String, limit: Int = shown) -> Table {
    var head = table(0..<min(rows, limit), classes: model.classNames) { Number.significant($0, digits: 4) }
    head.title = "\(name): \(Number.count(rows)) prediction\(rows == 1 ? "" : "s") of \(model.targetName)"
    if rows > limit {
      head.note = "the first \(limit) of \(Number.count(rows)); to=\"predictions.csv\" writes them all"
    }
    return head
  }

  private func table(_ range: Range<Int>, classes: [String], _ text: (Double) -> String) -> Table {
    let isClassifier = model.task == .classification
    let names = model.targetNames.count > 1 ? model.targetNames.map { "_" + $0 } : [""]
    var columns = [Table.Column("row")] + kept.map { Table.Column($0.name) }
    columns += names.map { Table.Column("prediction" + $0) } + (isClassifier ? classes.map { Table.Column($0) } : [])
    if targets != nil { columns += names.map { .init("target" + $0) } }
    let own = Set((columns.prefix(1) + columns.dropFirst(1 + kept.count)).map(\.title))
    for place in kept.indices where own.contains(kept[place].name) { columns[1 + place].title += ".1" }
    let lines = range.map { row -> [String] in
      let values = predictions.values[row]
      var line = ["\(numbers[row])"] + kept.map { $0.texts[row] }
      line += isClassifier ? [model.classNames[predictions.classes[row]]] + values.map(text) : values.map(text)
      if let targets { line += targets[row] }
      return line
    }
    return Table(columns: columns, rows: lines)
  }
}
