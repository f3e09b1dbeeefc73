import Drawing
import Language
import NeuralNetworks
import Vocabulary

extension Command {
  package static let train = {
    var command = trainAlone
    command.takesVariations = true
    return command
  }()

  private static let trainAlone = Command(
    "train", "trains the current network on the current data and records a run",
    options: TrainingSettings.options + NetworkSettings.regularizers + [
      Option(
        "seed", .int(.min ... .max), defaultText: "the session's",
        "seed for the initial weights, the row order and dropout"),
      Option("name", .text, defaultText: "run-1, run-2, ...", "the run's name"),
      Option(
        "repeat", .int(1...1000), default: .int(1),
        "number of trainings, with seed, seed + 1, ...; their mean and deviation are shown"),
      Option("resume", .bool, default: .bool(false), "continues the last run; epochs= is the number of epochs to add"),
      Option("checkpoint", .path, "saves the whole training to this file after each epoch"),
      Option("replace", .bool, default: .bool(false), "replaces an existing checkpoint or run of this name"),
    ],
    details: """
      train starts from the network's initial weights, by seed, or those imported, every time. An interrupt keeps the best
      weights so far and the history; train resume=true goes on bit for bit as if it had not stopped. After a crash,
      train resume=true checkpoint="deep.attune" goes on from the file, once the same data is loaded.

      train neurons in {32, 128, 512} makes one run for each value, named after it, and compares them; several such settings
      make every combination, at most 200. Any setting of network and train can take values in turn, and seed. compare
      by=neurons draws the result. Ranges are searched by tune.
      """,
    examples: [
      "train epochs=20 batch_size=64 optimizer=adam learning_rate=1e-3",
      "train epochs=50 optimizer=sgd momentum=0.9 nesterov=true learning_rate=0.1 schedule=step(factor=0.5, every=10) early_stopping=patience(5)",
      "train neurons in {32, 128, 512} epochs=5", "train resume=true epochs=10",
      "train epochs=100 checkpoint=\"deep.attune\"",
    ]
  ) { invocation, context in
    try Training(invocation: invocation, context: context).run()
  }
}

/// One `train`: makes or resumes a run, shows it while it goes, keeps it.
struct Training {
  let invocation: Invocation
  let context: CellContext
  /// Settings of this run of several, over those that the command says.
  var varied: [String: Argument] = [:]

  func run() throws {
    if !invocation.variations.isEmpty { return try runVariations() }
    if invocation.bool("resume")! { return try resume() }
    let name = invocation.text("name") ?? context.session.runs.nextName
    warnOfReplacing(name)
    try start(said, name: name)
  }

  /// The settings of the training: those that the command gives, else the recipe's.
  var said: [String: Argument] {
    let typed = invocation.options.filter { Hyperparameters.names.contains($0.key) }.mapValues(\.value)
    let session = context.session
    return session.recipeTraining(on: session.data, unless: Set(typed.keys)).merging(typed) { $1 }
  }

  /// A name that is used again is the new run's: what it replaces is said.
  func warnOfReplacing(_ name: String) {
    guard let old = context.session.runs.taken(by: name), !invocation.bool("replace")! else { return }
    context.output.write(
      "warning: this replaces the run '\(old.name)' (\(SessionReport.run(old))); replace=true says that it may\n",
      to: .stderr)
  }

  /// Trains the session's network with these settings; with the seeds given, one per training of a configuration, or those that
  /// the command says.
  func start(_ settings: [String: Argument], name: String, seeds: [UInt64]? = nil, on other: LoadedData? = nil) throws {
    let session = context.session
    guard let data = other ?? session.data else {
      throw Diagnostic("there is no data to train on", at: invocation.verb.span, hint: "for example: data digits")
    }
    let seed = seeds?.first ?? invocation.int("seed").map { UInt64(bitPattern: Int64($0)) } ?? session.settings.seed
    let plan = try TrainingSettings.plan([settings], seed: seed)
    let parts = parts(
      data, seeds: seeds ?? (0..<(invocation.int("repeat") ?? 1)).map { seed &+ UInt64($0) })
    let checkpoint = try newCheckpoint(parts: parts.count)
    if parts.count > 1 { return try go(parts, plan, name: name) }
    try train(try make(plan, data), name: name, data: data, goal: plan.epochs, checkpoint: checkpoint)
  }

  /// The session's network with the regularisation that this command says.
  private var network: NetworkDescription {
    let names = NetworkSettings.regularizers.map(\.name)
    let said = invocation.options.filter { names.contains($0.key) }.mapValues(\.value)
    return NetworkSettings.description([context.session.networkSettings, said, varied])
  }

  func make(_ plan: TrainingPlan, _ data: LoadedData) throws -> TrainingRun {
    let session = context.session
    try checkImported(session, plan, data)
    return try refusing {
      try TrainingRun(
        network, plan, data: data.dataset, initialWeights: session.network.imported?.weights,
        initialStatistics: session.network.imported?.statistics, threads: context.threads)
    }
  }

  private func resume() throws {
    if let other = invocation.written.first(where: { !["resume", "epochs", "checkpoint"].contains($0) }) {
      throw Diagnostic(
        "a resumed training keeps its settings", at: invocation.span(of: other),
        hint: "only epochs= and checkpoint= can be said with resume=true")
    }
    if let file = try savedCheckpoint() {
      try file.load(
        Files.read(file.name, isCancelled: context.isCancelled), as: file.runName,
        at: invocation.span(of: "checkpoint"), invocation, context,
        isShown: false)
    }
    guard let run = context.session.runs.last, let training = run.training, let data = run.data else {
      throw Diagnostic("there is no run to go on with", at: invocation.span(of: "resume"), hint: "train makes one")
    }
    let goal = invocation.said("epochs")?.int.map { training.epochs + $0 } ?? run.plan.epochs
    guard goal > training.epochs else {
      throw Diagnostic(
        "\(run.name) has done its \(run.plan.epochs) epoch\(run.plan.epochs == 1 ? "" : "s")",
        at: invocation.span(of: "resume"),
        hint: "epochs=10 asks for ten more")
    }
    try train(
      training, name: run.name, data: data, goal: goal,
      checkpoint: (invocation.text("checkpoint") ?? run.checkpoint).map { CheckpointFile(name: $0) })
  }

  /// One training to its end, kept as a run. One of many leaves the showing to the whole.
  @discardableResult
  func train(
    _ training: TrainingRun, name: String, data: LoadedData, goal: Int, isOneOfMany: Bool = false,
    checkpoint: CheckpointFile? = nil
  ) throws -> Run {
    let view = TrainingView(
      view: context.liveView(quiet: invocation.isQuiet, button: isOneOfMany ? nil : "stop after this epoch"),
      name: name,
      epochs: goal)
    var published: ContinuousClock.Instant?
    func now() -> Run {
      var run = Run(name: name, data: data, training)
      run.checkpoint = checkpoint?.name
      return run
    }
    let reason: StopReason
    do {
      reason = try refusing {
        try training.train(
          epochs: goal, isCancelled: context.isCancelled, onBatch: { view.show($0, now) },
          onEpoch: { _ in
            // A subshell sees the epochs so far. Four times a second: whoever holds a history makes the next epoch copy it.
            if published.map({ .now - $0 > .milliseconds(250) }) ?? true {
              published = .now
              context.store.update { $0.runs.keep(now()) }
            }
            checkpoint?.keep(training, context)
            return !view.view.isAskedToStop
          })
      }
    } catch {
      view.view.finish(table: nil, picture: nil)
      throw error
    }
    let run = now()
    if case .diverged = reason, run.history.epochs == 0, !isOneOfMany {
      // Nothing was learned: an earlier run of this name stays. One of many is shown beside the others.
      view.view.finish(table: nil, picture: nil)
      return try explained(reason, run, goal: goal)
    }
    context.store.update { $0.runs.keep(run) }
    checkpoint?.keep(training, context)
    finish(run, view, isShown: !isOneOfMany)
    if case .stoppedByCaller = reason, !invocation.isQuiet {
      context.print(
        "stopped after epoch \(run.history.epochs) of \(goal), as the button asked; train resume=true goes on")
    }
    return try explained(reason, run, goal: goal)
  }

  private func finish(_ run: Run, _ view: TrainingView, isShown: Bool) {
    if invocation.isQuiet || !isShown || run.history.epochs == 0 { return view.view.finish(table: nil, picture: nil) }
    view.view.finish(
      table: RunReport.table(run, showsTimes: context.showsTimes), picture: RunReport.lossPicture(run))
  }

  /// What ended it early is said as an error: the cells after it should not go on unawares.
  private func explained(_ reason: StopReason, _ run: Run, goal: Int) throws -> Run {
    switch reason {
    case .interrupted:
      throw Stopped(
        message: "training was interrupted after \(run.history.epochs) of \(goal) epochs; train resume=true goes on")
    case .diverged(let divergence):
      let place = invocation.has("learning_rate") ? invocation.span(of: "learning_rate") : invocation.verb.span
      throw Diagnostic(divergence.description, at: place, hint: divergence.hint)
    case .finished, .earlyStopped, .stoppedByCaller: return run
    }
  }

  private func refusing<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as TrainingError {
      throw Diagnostic(
        error.message, at: invocation.span(about: error.about) ?? invocation.verb.span, hint: error.hint)
    }
  }
}
