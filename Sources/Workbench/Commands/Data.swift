import Datasets
import Drawing
import Language
import Vocabulary

extension Command {
  package static let data = {
    var command = loading
    command.readsFiles = true
    return command
  }()

  private static let loading = Command(
    "data", "loads a dataset, splits it and standardises it; alone, shows the current one",
    positionals: [
      Option(
        "source", .either([.word(["columns"]), .call(DataSources.all.map(\.syntax)), .path]),
        "the source of the rows, or the name of a file")
    ],
    options: [
      Option(
        "validation", .share, defaultText: "0.2; 10000 for fashion_mnist and mnist", "rows held out for validation"),
      Option(
        "test", .share, defaultText: "0.2 unless the source ships a test part", "rows held out for the final test"),
      Option(
        "split", .call(ColumnSplit.syntaxes), defaultText: "by chance", "splits the rows by a column of the table"),
      Option("folds", .int(2...1_000_000), "number of folds for cross-validation, in place of one validation part"),
      Option(
        "standardize", .word(Standardization.allCases.map(\.rawValue)),
        defaultText: "global for images, per_feature otherwise",
        "brings features to a common scale, by training statistics only: mean and deviation, median and quartiles, or ranks"
      ),
      Option(
        "target_scale", .word(TargetScaling.Kind.allCases.map(\.rawValue)), defaultText: "standard",
        "the scale in which a regression target is trained; losses, metrics and predictions stay in its own unit"),
      Option(
        "rare", .int(1 ... .max), defaultText: "10, or a twentieth of the training rows if that is less",
        "categories with fewer training rows than this are merged"),
      Option("limit", .int(1 ... .max), "size of a stratified sample of the rows"),
      Option("task", .word(Task.allCases.map(\.rawValue)), defaultText: "inferred", "the kind of target"),
      Option(
        "positive", .either([.bool, .int(.min ... .max), .float(.finite), .name(.column)]),
        defaultText: "the rarer one",
        "the positive class of two, for precision, recall and f1"),
      Option("seed", .int(0 ... .max), defaultText: "the session's", "seed for the split and for generated data"),
    ],
    details: """
      Splits are stratified by class. validation=0 trains on all that is not test. Loading keeps the current network; a
      study goes on only with the data it began with. `data columns` shows how each column of a table was taken, and
      data.columns is the same as a list.
      """,
    examples: [
      "data digits", "data \"houses.csv\" target=price test=0.1", "data fashion_mnist limit=10000",
      "data csv(\"houses.csv\", target=\"price\") test=0.1",
      "data spirals(n=1000, noise=0.2, classes=3)",
    ]
  ) { invocation, context in
    let source = invocation.positionals.first?.value
    let asksForColumns = source?.text == "columns"
    guard let source = source?.call, !asksForColumns else {
      let data = try context.data(at: invocation.span)
      return try context.show(
        asksForColumns ? ColumnReport.table(data) : DataReport.table(data), unless: invocation.isQuiet)
    }
    let loaded = try load(source, invocation, context)
    context.store.update { $0.data = loaded }
    context.show(DataReport.table(loaded), unless: invocation.isQuiet)
    if loaded.dataset.examples.table != nil {
      try context.show(ColumnReport.table(loaded, besides: loaded.dataset.notices), unless: invocation.isQuiet)
    }
  }

  /// Where an option is written; `drop` is another word for `ignore`.
  private static func span(_ option: String?, _ invocation: Invocation) -> Span? {
    invocation.span(about: option) ?? (option == "ignore" ? invocation.span(about: "drop") : nil)
  }

  /// Loads what `data` says. `mayFetch` is false if a study says it.
  static func load(_ source: Call, _ invocation: Invocation, _ context: CellContext, mayFetch: Bool = true) throws
    -> LoadedData
  {
    var preparation = Preparation()
    preparation.validation = invocation["validation"].flatMap(Share.init)
    preparation.test = invocation["test"].flatMap(Share.init)
    preparation.split = invocation["split"]?.call
    preparation.folds = invocation.int("folds")
    preparation.standardize = invocation.text("standardize").flatMap(Standardization.init)
    preparation.targetScale = invocation.text("target_scale").flatMap(TargetScaling.Kind.init)
    preparation.rare = invocation.int("rare")
    preparation.limit = invocation.int("limit")
    preparation.task = invocation.text("task").flatMap(Task.init)
    preparation.positive = invocation.said("positive").map { $0.text ?? $0.description }
    preparation.seed = invocation.int("seed").map { UInt64(bitPattern: Int64($0)) } ?? context.session.settings.seed
    let view = context.liveView(quiet: invocation.isQuiet)
    var loading = LoadingContext(folder: Files.workingFolder, seed: preparation.seed, task: preparation.task)
    loading.isCancelled = context.isCancelled
    loading.mayFetch = mayFetch
    loading.progress = { label, share in
      view.show { LiveFrame(progress: Progress(unit: label, done: Int(share * 100), total: 100)) }
    }
    defer { view.finish(table: nil, picture: nil) }
    do {
      let dataset = try DataSources.dataset(source, preparation, context: loading)
      let written = invocation.written.map { "\($0)=\(invocation.options[$0]!.value)" }
      // A password of an address ends here: the rest is shown, and kept where others read it.
      return LoadedData(
        dataset: dataset, source: source.hidingSecrets, preparation: preparation,
        text: Secrets.hidden(([source.description] + written).joined(separator: " ")),
        options: invocation.written.compactMap { name in
          invocation.said(name).map { .init(name, $0.hidingSecrets) }
        })
    } catch let error as DataError {
      let span = span(error.about, invocation) ?? error.file.flatMap(invocation.span(ofFile:))
      throw Diagnostic(error.message, at: span ?? invocation.positionals[0].span, hint: error.hint)
    } catch is LoadingCancelled {
      throw CancellationError()
    }
  }
}

extension Share {
  fileprivate init?(_ argument: Argument) {
    switch argument {
    case .int(let count): self = .count(count)
    case .float(let share): self = .fraction(share)
    default: return nil
    }
  }
}

extension Argument {
  /// The same with stars for passwords.
  fileprivate var hidingSecrets: Argument {
    switch self {
    case .text(let text): .text(Secrets.hidden(text))
    case .list(let values): .list(values.map(\.hidingSecrets))
    case .call(let call): .call(call.hidingSecrets)
    case .none, .bool, .int, .float: self
    }
  }
}

extension Call {
  fileprivate var hidingSecrets: Call { Call(name, arguments.map { .init($0.name, $0.value.hidingSecrets) }) }
}
