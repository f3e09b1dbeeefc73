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
      Option("to", .path, "writes a CSV file, one row per prediction"),
      Option("run", .name(.run), defaultText: "the latest", "the run to use"),
      Option(
        "keep", .list(of: .name(.column)), default: .list([]), "columns of the table to write beside the predictions"),
      Option("replace", .bool, default: .bool(false), "overwrites an existing file"),
    ],
    changesSession: false,
    details: """
      The rows are encoded and standardised as those that the network was trained on; a target column is not needed. The
      columns are the row, the prediction and, for classes, a probability each (hinge has scores instead); predictions of a part of
      the data stand beside their target. `row` is a row's number in its own file, from 1. Missing values are filled as in
      training, and said. Without to= the first rows are shown.
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
    let report = try report(run, model, invocation, context)
    if let file = invocation.text("to") {
      try Files.write(report.file.csv, to: file, replace: invocation.bool("replace")!)
      if !invocation.isQuiet {
        context.print("wrote \(Number.count(report.rows)) predictions of \(run.name) to \(file)")
      }
    } else {
      context.show(report.head(run.name), unless: invocation.isQuiet)
    }
  }

  /// What is predicted, with the rows' numbers, the targets if they are known, and the columns that are kept.
  private static func report(
    _ run: Run, _ model: TrainedModel, _ invocation: Invocation, _ context: CellContext
  ) throws -> PredictionReport {
    let source = invocation.positionals[0]
    let keep = invocation["keep"]?.list?.compactMap(\.text) ?? []
    // Only what is shown is worked out.
    let most = invocation.text("to") == nil ? PredictionReport.shown : .max
    do {
      guard let split = source.value.text.flatMap(Split.init) else {
        var form = RowForm(
          columns: model.architecture.inputs, featureNames: model.featureNames, encoding: model.encoding,
          byteUnit: model.byteUnit)
        form.keeping = keep
        let loading = LoadingContext(folder: Files.workingFolder, isCancelled: context.isCancelled)
        let values = try RowSources.rows(source.value.call!, form: form, context: loading)
        let rows = values.count / max(model.architecture.inputs, 1)
        if !invocation.isQuiet, case .table(let table) = values {
          for notice in table.table.notices.prefix(10) { context.print(notice) }
          Self.say(table.gaps(), context)
        }
        let first = min(rows, most)
        return PredictionReport(
          model: model, predictions: model.predictions(values, rows: first, threads: context.threads), targets: nil,
          numbers: numbers(values, rows), kept: try kept(keep, values, (0..<first).map { $0 }), rows: rows)
      }
      let data = try context.data(of: run, at: source.span).dataset
      try model.check(data)
      let all = data.rows(split)
      let rows = Array(all.prefix(most))
      guard !rows.isEmpty else {
        throw Diagnostic(
          "the data has no \(split.rawValue) part", at: source.span, hint: "data ... \(split.rawValue)=0.2 keeps one")
      }
      if !invocation.isQuiet, case .table(let table) = data.examples.values {
        Self.say(table.gaps(in: rows.map(Int.init)), context)
      }
      let targets = rows.map { row in
        switch data.examples.targets {
        case .classes(let classes): [data.classNames[Int(classes[Int(row)])]]
        case .numbers(let numbers, let width):
          numbers[(Int(row) * width)..<((Int(row) + 1) * width)].map { FullNumber.text($0) }
        }
      }
      return PredictionReport(
        model: model, predictions: try model.predictions(data, rows: rows, threads: context.threads), targets: targets,
        numbers: rows.map { data.examples.number(of: Int($0)) },
        kept: try kept(keep, data, rows, context, quiet: invocation.isQuiet), rows: all.count)
    } catch let error as DataError {
      throw Diagnostic(error.message, at: error.file.flatMap(invocation.span(ofFile:)) ?? source.span, hint: error.hint)
    } catch is LoadingCancelled {
      throw CancellationError()
    } catch let error as TrainingError {
      throw Diagnostic(error.message, at: source.span, hint: error.hint)
    }
  }

  /// Each row's number in its file.
  private static func numbers(_ values: Examples.Values, _ rows: Int) -> [Int] {
    if case .table(let table) = values { return table.table.numbers }
    return Array(1...max(rows, 1))
  }

  /// Holes and unknown texts, a line for each column that has some, at most ten.
  private static func say(_ gaps: [EncodedTable.Gap], _ context: CellContext) {
    for gap in gaps.prefix(10) {
      var parts: [String] = []
      if gap.missing > 0 { parts.append("\(rows(gap.missing)) with a missing value") }
      if gap.unknown > 0 { parts.append("\(rows(gap.unknown)) with a category that training did not have") }
      context.print("\(gap.column): \(parts.joined(separator: ", "))")
    }
    if gaps.count > 10 { context.print("and \(gaps.count - 10) more columns") }
    let numbers = gaps.filter(\.isNumber).reduce(0) { $0 + $1.missing }
    if numbers > 0 {
      context.print(
        "\(Number.count(numbers)) missing number\(numbers == 1 ? "" : "s") replaced by the training mean")
    }
  }

  private static func kept(_ names: [String], _ values: Examples.Values, _ rows: [Int]) throws -> [(String, [String])] {
    guard !names.isEmpty else { return [] }
    guard case .table(let table) = values else {
      throw DataError("keep= names columns of a table, and these rows are not one", about: "keep")
    }
    return try names.map { name in
      let texts = try table.table.texts(of: name)
      return (name, rows.map { texts[$0] })
    }
  }

  /// Columns of a part of the data, as the file has them.
  private static func kept(
    _ names: [String], _ data: Dataset, _ rows: [Int32], _ context: CellContext, quiet: Bool
  ) throws -> [(String, [String])] {
    guard !names.isEmpty else { return [] }
    let loading = LoadingContext(folder: Files.workingFolder, isCancelled: context.isCancelled)
    let (columns, areWritten) = try data.texts(of: names, context: loading)
    if !areWritten, !quiet {
      context.print("\(data.name) has changed since it was read: keep= writes what was understood of it")
    }
    return zip(names, columns).map { name, texts in (name, rows.map { texts[Int($0)] }) }
  }

  private static func rows(_ count: Int) -> String { "\(Number.count(count)) row\(count == 1 ? "" : "s")" }
}
