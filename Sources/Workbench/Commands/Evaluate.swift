import Datasets
import Drawing
import Language
import NeuralNetworks
import Vocabulary

extension Command {
  package static let evaluate = Command(
    "evaluate", "measures the current run on a part of the data",
    positionals: [
      Option(
        "split", .either([.call(RowSource.tables.map(\.syntax)), .word(Split.allCases.map(\.rawValue))]),
        "the part, test by default; or a file that has the target")
    ],
    options: [
      Option("run", .name(.run), defaultText: "the latest", "the run to use"),
      Option(
        "metrics", .list(of: .call(Metrics.all.map(\.syntax))),
        "measured beside the loss and accuracy, or mae and r2; as objectives they begin with val_"),
    ],
    details: "The values are known afterwards as evaluate.loss, evaluate.accuracy, ...",
    examples: ["evaluate test", "evaluate csv(\"new.csv\")", "evaluate test metrics=[f1, auc]"]
  ) { invocation, context in
    let run = try context.trainedRun(
      named: invocation.text("run"), at: invocation.span(of: "run"), quiet: invocation.isQuiet)
    let named = invocation.text(at: 0).flatMap(Split.init)
    // The rows of a file are measured as a dataset whose test part they are.
    let split = named ?? .test
    let isFile = named == nil && !invocation.positionals.isEmpty
    let part = isFile ? "file" : split.rawValue
    let data = try measured(run, invocation, context)
    let values = try measure(run, data, split, invocation)
    let intervals = split == .test ? EvaluationIntervals.of(values, run, data, split) : []
    let evaluation = EvaluationObject(split: part, run: run.name, values: values, intervals: intervals)
    context.store.update { $0.evaluation = evaluation }
    let model = run.model
    let positive = model?.positiveClass.map { model!.classNames[$0] } ?? data.positiveName
    let notes = RunReport.undefinedNotes(values, data, split, model?.architecture.output)
    let table = Table(
      title: "\(run.name) on the \(isFile ? "" : split.rawValue + " ")rows of \(data.name)"
        + RunReport.positiveNote(values.map(\.name), positive),
      columns: [.init("", .left), .init(part)],
      rows: values.map { [$0.name, RunReport.text($0.value, $0.name)] },
      note: (["\(Number.count(data.rows(split).count)) rows"] + EvaluationIntervals.notes(intervals) + notes).joined(
        separator: "\n"))
    context.show(table, unless: invocation.isQuiet)
  }

  /// The data of the run, or a file of rows that is read as the run's table was.
  private static func measured(_ run: Run, _ invocation: Invocation, _ context: CellContext) throws -> Dataset {
    guard let place = invocation.positionals.first, place.value.text.flatMap(Split.init) == nil,
      let call = place.value.call
    else {
      return try context.data(of: run, at: invocation.verb.span).dataset
    }
    let model = try run.trained(at: place.span)
    guard let encoding = model.encoding else {
      throw Diagnostic(
        "\(run.name) was not trained on a table", at: place.span, hint: "load the rows with data, then evaluate test")
    }
    do {
      let loading = LoadingContext(folder: Files.workingFolder, isCancelled: context.isCancelled)
      let examples = try encoding.examples(
        of: TableOrigin(call), targets: model.targetNames, classNames: model.classNames,
        context: loading)
      if !invocation.isQuiet { for notice in examples.notices.prefix(10) { context.print(notice) } }
      return Dataset(measuring: examples)
    } catch is LoadingCancelled {
      throw CancellationError()
    } catch let error as DataError {
      throw Diagnostic(error.message, at: error.file.flatMap(invocation.span(ofFile:)) ?? place.span, hint: error.hint)
    }
  }

  private static func measure(_ run: Run, _ data: Dataset, _ split: Split, _ invocation: Invocation) throws
    -> [(name: String, value: Double)]
  {
    let asked = invocation["metrics"]?.list?.compactMap(\.call) ?? []
    do {
      let evaluation = try run.trained(at: invocation.verb.span).evaluation(data, split, metrics: asked)
      return [("loss", evaluation.loss)] + evaluation.metrics
    } catch let error as TrainingError {
      let place = invocation.span(about: error.about) ?? invocation.positionals.first?.span ?? invocation.verb.span
      throw Diagnostic(error.message, at: place, hint: error.hint)
    }
  }
}

extension CellContext {
  /// The run of a name, the latest where none is said.
  func run(named name: String?, at span: Span) throws -> Run {
    let runs = session.runs
    if let name {
      guard let run = runs[name] else {
        throw Diagnostic("there is no run '\(name)'", at: span, hint: Suggestion.hint(for: name, among: runs.names))
      }
      return run
    }
    guard let run = runs.last else {
      throw Diagnostic("nothing was trained yet", at: span, hint: "train makes a run")
    }
    return run
  }

  /// The runs that were named; `otherwise` where none was.
  func runs(_ named: [Invocation.Bound], otherwise: ((RunList) -> [Run])? = nil, at span: Span? = nil) throws -> [Run] {
    if named.isEmpty {
      let runs = (otherwise ?? \.all)(session.runs)
      guard !runs.isEmpty else {
        throw Diagnostic("nothing was trained yet", at: span ?? Span(0, 0), hint: "train makes a run")
      }
      return runs
    }
    return try named.map { try run(named: $0.value.text ?? $0.value.description, at: $0.span) }
  }
}
