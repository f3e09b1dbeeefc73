import Drawing
import Language
import NeuralNetworks
import Vocabulary

extension Command {
  package static let findLearningRate = Command(
    "find_learning_rate",
    "runs the range test: raises the learning rate batch by batch and shows where the loss diverges",
    options: [
      Option("low", .float(.positive), default: .float(1e-6), "the lowest rate"),
      Option("high", .float(.positive), default: .float(10), "the highest rate"),
      Option("updates", .int(10...1_000_000), defaultText: "an epoch's, at least 100", "batches"),
    ]
      + TrainingSettings.options.filter {
        !["epochs", "learning_rate", "schedule", "early_stopping", "metrics"].contains($0.name)
      }
      + [
        Option("seed", .int(0 ... .max), defaultText: "the session's", "seed for the initial weights and the row order")
      ],
    changesSession: false,
    details:
      """
      The suggestion is the first rate by which the loss has made four fifths of its whole fall. Where ten epochs are at most
      300 updates, rates around it are trained that long, and the best of them is suggested. Where the loss neither falls nor
      blows up, falls to the end or blows up at once, it says so and what to change.
      """,
    examples: ["find_learning_rate optimizer=sgd", "find_learning_rate batch_size=128 high=1"]
  ) { invocation, context in
    let data = try context.data(at: invocation.verb.span)
    let finder = try context.measuring(invocation) { plan, view in
      try LearningRateFinder(
        context.session.networkDescription, plan, data: data.dataset, low: invocation.float("low")!,
        high: invocation.float("high")!, updates: invocation.int("updates"), threads: context.threads,
        isCancelled: context.isCancelled,
        onUpdate: { done, total in view.show { LiveFrame(progress: Progress(unit: "update", done: done, total: total)) }
        })
    }
    guard !invocation.isQuiet else { return }
    if let rate = finder.suggestion {
      context.print("suggested learning_rate=\(Number.significant(rate, digits: 2))")
    } else if let doubt = finder.doubt {
      context.print("cannot tell a learning rate: \(doubt.message); \(doubt.hint ?? "")")
    }
    context.show(
      RangeTestChart(
        rates: finder.points.map(\.rate), losses: finder.points.map(\.loss), suggestion: finder.suggestion
      ).draw())
  }

  package static let bench = Command(
    "bench", "compares plain loops with matrix products: samples per second for the current network and data",
    options: [
      Option(
        "batch_size", TrainingSettings.options.first { $0.name == "batch_size" }!.kind, default: .int(64),
        "rows per update"),
      Option("seconds", .duration, default: .float(0.5), "duration of each measurement"),
    ],
    changesSession: false,
    details: "The share is of the machine's own peak, measured on large matrix products with as many threads.",
    examples: ["bench", "bench batch_size=256"]
  ) { invocation, context in
    let data = try context.data(at: invocation.verb.span)
    let comparison = try context.measuring(invocation) { plan, _ in
      try SpeedComparison(
        context.session.networkDescription, plan, data: data.dataset, threads: context.threads,
        seconds: invocation.float("seconds")!, isCancelled: context.isCancelled)
    }
    let slowest = comparison.lines.first?.samplesPerSecond ?? 1
    let rows = comparison.lines.map { line in
      [
        line.name, Number.count(Int(line.samplesPerSecond)),
        Number.significant(line.samplesPerSecond / slowest, digits: 3),
        Number.significant(line.flops / 1e9, digits: 3), Number.percent(line.shareOfPeak),
      ]
    }
    let peak =
      "peak \(Number.significant(comparison.peak.one / 1e9, digits: 3)) GFLOP/s on one core"
      + (comparison.threads > 1
        ? ", \(Number.significant(comparison.peak.all / 1e9, digits: 3)) on \(comparison.threads)" : "")
    context.show(
      Table(
        title: "training speed",
        columns: [.init("", .left), .init("samples/s"), .init("times"), .init("GFLOP/s"), .init("of peak")], rows: rows,
        note: peak), unless: invocation.isQuiet)
  }
}

extension CellContext {
  /// The current dataset; a mistake where there is none.
  func data(at span: Span) throws -> LoadedData {
    guard let data = session.data else {
      throw Diagnostic("there is no data yet", at: span, hint: "for example: data digits")
    }
    return data
  }

  /// A measurement on the current network with the plan that was said; its refusals become diagnostics.
  func measuring<Result>(_ invocation: Invocation, _ body: (TrainingPlan, LiveView) throws -> Result) throws -> Result {
    let said = invocation.options.filter { Hyperparameters.names.contains($0.key) }.mapValues(\.value)
    let seed = invocation.said("seed")?.int.map(UInt64.init) ?? session.settings.seed
    let plan = try TrainingSettings.plan([said], seed: seed)
    let view = liveView(quiet: invocation.isQuiet)
    defer { view.finish(table: nil, picture: nil) }
    do { return try body(plan, view) } catch let error as TrainingError {
      throw Diagnostic(
        error.message, at: invocation.span(about: error.about) ?? invocation.verb.span, hint: error.hint)
    } catch is TrainingCancelled {
      throw CancellationError()
    }
  }
}
