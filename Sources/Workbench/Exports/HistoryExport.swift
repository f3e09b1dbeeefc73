import Drawing
import Jupyter
import Language
import NeuralNetworks

extension ExportKind {
  static let history = ExportKind(
    "history", "what a run has shown, epoch by epoch",
    formats: [
      ExportFormat(ending: "csv", summary: "an epoch a row: losses, learning rate, metrics"),
      ExportFormat(ending: "json", summary: "the value of run: name, epochs, history"),
    ]
  ) { request, format in
    let run = try request.run()
    guard run.history.epochs > 0 else {
      throw Diagnostic(
        "\(run.name) was not trained here, so it has no history", at: request.invocation.positionals[0].span,
        hint: "export run writes its network")
    }
    let bytes =
      format.ending == "csv"
      ? Array(table(run).csv.utf8) : try Value.object(Object(RunObject(run: run))).json().bytes + [0x0a]
    return [ModelFormat.File(name: "\(request.stem).\(format.ending)", bytes: bytes)]
  }

  private static func table(_ run: Run) -> Table {
    let history = run.history
    var series = [("train_loss", history.trainLoss)]
    if !history.valLoss.isEmpty { series.append(("val_loss", history.valLoss)) }
    series.append(("learning_rate", history.learningRate))
    series += history.metrics.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    let rows = (0..<history.epochs).map { epoch in
      ["\(epoch + 1)"] + series.map { FullNumber.text($0.1.indices.contains(epoch) ? $0.1[epoch] : nil) }
    }
    return Table(columns: [.init("epoch")] + series.map { .init($0.0) }, rows: rows)
  }
}

/// Numbers in files for programs: the shortest text that reads back the same, nothing where there is no number.
enum FullNumber {
  static func text(_ value: Double?) -> String {
    guard let value, !value.isNaN else { return "" }
    return "\(value)"
  }
}
