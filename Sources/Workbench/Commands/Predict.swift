import Datasets
import Drawing
import Language
import NeuralNetworks
import Vocabulary

extension Command {
  package static let predict = Command(
    "predict", "predicts new rows with a run's network",
    positionals: [
      Option(
        "rows", .either([.call(RowSources.all.map(\.syntax)), .word(Split.allCases.map(\.rawValue))]), required: true,
        "a file of rows, or a part of the data")
    ],
    options: [
      Option("to", .path, "writes a CSV file, a row a prediction"),
      Option("run", .name(.run), defaultText: "the latest", "which run"),
      Option("replace", .bool, default: .bool(false), "lets an existing file be overwritten"),
    ],
    changesSession: false,
    details: """
      The rows are encoded and standardised as those that the network was trained on; a target column is not needed. The
      columns are the prediction and, for classes, a probability each (hinge has scores instead); predictions of a part of
      the data stand beside their target. Without to= the first rows are shown.
      """,
    examples: ["predict csv(\"new.csv\") to=\"predictions.csv\"", "predict test to=\"test.csv\" replace=true"]
  ) { invocation, context in
    if let file = invocation.text("to") {
      guard file.lowercased().hasSuffix(".csv") else {
        throw Diagnostic(
          "predict writes .csv files", at: invocation.span(of: "to"), hint: "for example to=\"predictions.csv\"")
      }
      try Files.checkWritable(file, replace: invocation.bool("replace")!)
    }
    let run = try context.trainedRun(
      named: invocation.text("run"), at: invocation.span(of: "run"), quiet: invocation.isQuiet)
    let model = try run.trained(at: invocation.verb.span)
    let (features, targets) = try rows(run, model, invocation, context)
    let report = PredictionReport(
      model: model, predictions: model.predictions(features, threads: context.threads), targets: targets)
    if let file = invocation.text("to") {
      try Files.write(report.file.csv, to: file, replace: invocation.bool("replace")!)
      if !invocation.isQuiet {
        context.print("wrote \(Number.count(report.rows)) predictions of \(run.name) to \(file)")
      }
    } else {
      context.show(report.head(run.name), unless: invocation.isQuiet)
    }
  }

  /// Raw features, and the targets where they are known.
  private static func rows(
    _ run: Run, _ model: TrainedModel, _ invocation: Invocation, _ context: CellContext
  ) throws -> ([Float], [[String]]?) {
    let source = invocation.positionals[0]
    do {
      guard let split = source.value.text.flatMap(Split.init) else {
        let form = RowForm(
          columns: model.architecture.inputs, featureNames: model.featureNames, encoding: model.encoding,
          byteUnit: model.byteUnit)
        return (try RowSources.rows(source.value.call!, form: form, folder: Files.workingFolder), nil)
      }
      let data = try context.data(of: run, at: source.span).dataset
      try model.check(data)
      let rows = data.rows(split)
      guard !rows.isEmpty else {
        throw Diagnostic(
          "the data has no \(split.rawValue) part", at: source.span, hint: "data ... \(split.rawValue)=0.2 keeps one")
      }
      let targets = rows.map { row in
        switch data.examples.targets {
        case .classes(let classes): [data.classNames[Int(classes[Int(row)])]]
        case .numbers(let numbers, let width):
          numbers[(Int(row) * width)..<((Int(row) + 1) * width)].map { FullNumber.text($0) }
        }
      }
      return (rows.flatMap { data.examples.row(Int($0)) }, targets)
    } catch let error as DataError {
      throw Diagnostic(error.message, at: source.span, hint: error.hint)
    } catch let error as TrainingError {
      throw Diagnostic(error.message, at: source.span, hint: error.hint)
    }
  }
}
