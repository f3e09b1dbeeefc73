import Datasets
import Drawing
import Language
import LinearAlgebra
import NeuralNetworks
import Search
import Storage
import Studies
import Vocabulary

extension Command {
  package static let tune = Command(
    "tune", "searches the space: trains one network per trial and records its values",
    options: [
      Option("trials", .int(1...10_000_000), default: .int(20), "number of trials to add"),
      Option("sampler", .call(Samplers.all.map(\.syntax)), default: .call(Call("auto")), "chooses the configurations"),
      Option(
        "start", .word(["textbook", "none"]), defaultText: "textbook for auto",
        "the first trials: reasonable configurations for parameters with usual names, or the sampler's own",
        meanings: TextbookStart.option.meanings),
      Option(
        "pruner", .call(Pruners.all.map(\.syntax)), default: .call(Call("none")), "stops unpromising trials early"),
      Option(
        "objective", .either([.word(MetricNames.all), .list(of: .word(MetricNames.all))]), default: .text("val_loss"),
        "what is minimised or maximised; a list makes the study multi-objective", meanings: MetricNames.meanings),
      Option(
        "direction", .either([.word(["minimize", "maximize"]), .list(of: .word(["minimize", "maximize"]))]),
        defaultText: "inferred from the objective", "direction of each objective"),
      Option("timeout", .duration, "starts no trial after this time, and finishes those that run: 30s, 10min, 2h"),
      Option("target", .float(.finite), "stops when the objective is at least this good"),
      Option("stop", .call([stagnation]), "stops when nothing improves"),
      Option(
        "parallel", .either([.int(1...1024), .word(["auto"])]), default: .text("auto"),
        "trials to run at the same time; auto uses all cores"),
      Option(
        "workers", .call(WorkerLaunchers.all.map(\.syntax)), defaultText: "this process",
        "what runs the trials: processes on this machine, or jobs of a scheduler; needs study storage"),
      Option(
        "program", .text,
        "a program of yours that each trial runs, with the space's names in braces: python train.py --lr {learning_rate}"
      ),
      Option("trial_timeout", .duration, "ends a trial that takes longer, and fails it: 30s, 10min"),
      Option(
        "confirm", .int(2...100),
        "trains so many of the best again with fresh seeds, as often as it takes to tell them apart, and chooses by that"
      ),
      Option("join", .bool, default: .bool(false), "runs trials here too, as one of the study's workers"),
      Option(
        "repeat", .int(1...1000), default: .int(1),
        "number of seeds to average each configuration over; the deviation is shown"),
      Option("seed", .int(0 ... .max), defaultText: "the session's", "seed for the sampler and every trial"),
    ] + Hyperparameters.all,
    details: """
      A value is taken from tune's own key, else the space, else the session's network, else the default; nothing from the
      last train. A trial scores its best epoch if early stopping restores it, else its last. The same seed and the same
      parallel give the same table, however the threads fall. After tune, run is the best trial's.

      With workers=, processes or jobs run the trials and the cell follows them: parallel is then over all workers (as many
      as there are unless said), and the same seed and parallel give the same table with any number of them. An interrupt
      cancels them, and the running trials wait for the next tune. A notebook that is closed leaves them running: study
      open shows them again. What they say is kept in the folder attune-logs. The best trial's network is theirs; retrain best
      trains it here.

      With program= each trial starts a program of yours, in a folder of its own below attune-trials, where the files of the
      notebook's folder are linked. No shell reads the text: it is split at blanks and quotes, and {name} becomes the
      parameter's value; {trial}, {seed} and {folder} are there too. The program prints `step 3 0.41` as it goes and `value 0.38` at
      its end (several values for several objectives), or one JSON line {"value": 0.38, "metrics": {"f1": 0.9}}. It is pruned by
      being ended; an exit status other than 0 fails the trial with its last lines. What it prints is kept in output.log. A study
      that is opened again starts nothing by itself: tune program=... goes on with it. With workers= each worker is told the program
      by its command line, and starts it in the notebook's folder.

      The best of many looks better than it is. confirm=5 trains the best five again with fresh seeds, three times each and then
      where it tells most, until the best is told from the others or after six trainings each on average; best is then what they
      say. It is reproducible, and continues if it is interrupted. Where there are fewer than 1,000 validation rows, folds
      (data ... folds=5) are worth more than seeds.
      """,
    examples: [
      "tune trials=10 sampler=tpe epochs=5 objective=val_loss", "tune trials=60 pruner=median stop=stagnation(20)",
      "tune trials=30 confirm=5 trial_timeout=2min",
      "tune program=\"python train.py --lr {learning_rate}\" trials=50 parallel=2 direction=maximize",
      "tune trials=500 workers=processes(4)", "tune trials=500 workers=slurm(count=8, partition=\"cpu\", time=1h)",
    ]
  ) { invocation, context in
    try Tuning(invocation: invocation, context: context).run()
  }

  private static let stagnation = Syntax(
    "stagnation", "ends when so many trials in a row have brought nothing better",
    options: [Option("trials", .int(1...1_000_000), default: .int(20), "trials in a row")],
    example: "stop=stagnation(20)")
}

/// One `tune`: fits the study to what was said, runs it, shows it, keeps the best trial's network.
struct Tuning {
  let invocation: Invocation
  let context: CellContext

  func run() throws {
    if let program = invocation.text("program") { return try runProgram(program) }
    let request = try TuneRequest(invocation, context)
    try checkDomains(request)
    try check(request)
    if let workers = invocation.call("workers") {
      if invocation.has("confirm") {
        throw Diagnostic(
          "'confirm' has no effect with workers=", at: invocation.span(of: "confirm"),
          hint: "run tune trials=1 confirm=\(invocation.int("confirm") ?? 5) here when they are done")
      }
      return try runWorkers(workers, request)
    }
    let study = try maker.study(for: request, invocation)
    var limits = limits(request)
    if invocation.bool("join")! { try join(study, &limits) }
    if !invocation.isQuiet, !context.isPlain {
      context.print(([request.summary] + [startNote(study)].compactMap { $0 }).joined(separator: "; "))
    }
    warn(request)
    let objective = TrainingObjective(request, pruner: study.settings.effectivePruner)
    try search(study, limits, after: { keepBest(study, objective) }) { try objective.evaluate($0) }
    try confirm(study, request)
    try keepConfirmed(study)
  }

  /// Another trial than the one whose network was kept may have been chosen: it is trained again.
  private func keepConfirmed(_ study: Study) throws {
    guard invocation.has("confirm"), let best = study.best,
      context.session.runs.last?.trial != best.number || context.session.runs.last?.study != study.name
    else { return }
    let run = try BestRun(context: context, span: invocation.verb.span, isQuiet: true).find()
    context.store.update { $0.runs.keep(run) }
  }

  /// Runs the study and shows it; `after` is called before the final table.
  func search(
    _ study: Study, _ limits: RunLimits, after: () -> Void = {}, _ objective: @escaping Objective
  ) throws {
    let view = TuningView(
      view: context.liveView(quiet: invocation.isQuiet, button: "stop after this trial"), study: study,
      trials: limits.trials)
    let summary: RunSummary
    do {
      summary = try maker.diagnosing(invocation.verb.span) {
        do {
          return try study.run(
            limits, objective: objective, onEvent: { _ in view.show() },
            isStopped: { view.view.isAskedToStop }, isCancelled: context.isCancelled)
        } catch let error as StorageError where error.isLoss {
          throw StudyRescue(context: context).rescue(study, from: error, at: invocation.verb.span)
        }
      }
    } catch {
      view.view.finish(table: nil, picture: nil)
      throw error
    }
    after()
    finish(study, summary, view)
    if summary.end == .cancelled {
      let trials = study.trials
      throw Stopped(message: "tuning was interrupted; " + TrialsReport.counts(trials) + "; tune goes on")
    }
  }

  var maker: StudyMaker { StudyMaker(context: context) }

  /// As one of the workers: the study's plan says how far they go together.
  func join(_ study: Study, _ limits: inout RunLimits) throws {
    guard let plan = study.plan else {
      throw Diagnostic(
        "this study has no workers to join", at: invocation.span(of: "join"),
        hint: "tune workers=outside(4) says what they do")
    }
    limits.trials = invocation.said("trials")?.int
    limits.parallel = invocation.int("parallel") ?? 1
    limits.plan = plan
  }

  /// What would fail in every trial is said before the first.
  private func check(_ request: TuneRequest) throws {
    try checkSingle(objectives: request.objectives.count)
    try checkRules(request)
    try checkFolds(request)
    try checkImported(request)
    let data = request.data.dataset
    for objective in request.objectives + request.ruleMetrics {
      guard let split = MetricNames.split(objective) else { continue }
      let isEmpty = split == .validation ? data.validation.isEmpty && data.folds.isEmpty : data.rows(split).isEmpty
      if isEmpty {
        throw Diagnostic(
          "\(objective) needs a \(split.rawValue) part, but the data has none", at: invocation.span(of: "objective"),
          hint: "data ... \(split.rawValue)=0.2 keeps one")
      }
      if let base = MetricNames.base(objective), base != "loss", !MetricNames.suits(base, data.task) {
        throw Diagnostic(
          "\(objective) does not suit a \(data.task.rawValue) task", at: invocation.span(of: "objective"),
          hint: "for example val_loss")
      }
      try checkDefined(objective, split, data)
    }
  }

  /// A metric that no network could give a value there, and a target beyond what a share can be.
  private func checkDefined(_ objective: String, _ split: Split, _ data: Dataset) throws {
    let parts = data.folds.isEmpty ? [data] : data.folds.indices.map { data.fold($0) }
    for (index, part) in parts.enumerated() {
      guard let reason = Metrics.metric(of: objective)?.reasonUndefined(on: part, split) else { continue }
      let fold = data.folds.isEmpty ? "" : " of fold \(index + 1)"
      throw Diagnostic(
        "\(objective) is undefined: \(reason)\(fold)", at: invocation.span(of: "objective"),
        hint: "use another objective, or give the \(split.rawValue) part more rows")
    }
    if let target = invocation.said("target")?.float, MetricNames.isShare(objective), !(0...1).contains(target) {
      throw Diagnostic(
        "target=\(invocation.said("target")!) is not a share: \(objective) is from 0 to 1",
        at: invocation.span(of: "target"),
        hint: target > 1 && target <= 100
          ? "use target=\(target / 100) for \(Number.significant(target, digits: 4)) %" : nil)
    }
  }

  /// A signed-rank test needs several trainings of a configuration.
  private func checkFolds(_ request: TuneRequest) throws {
    let pruner = invocation.said("pruner")?.call ?? context.session.study?.settings.effectivePruner
    let folds = request.data.dataset.folds.count
    guard let pruner, WilcoxonPruner.compares(pruner) else { return }
    let trainings = max(1, folds) * request.repeats
    if trainings < 2 {
      throw Diagnostic(
        "wilcoxon compares the folds or repeats of trials, and each trial here is one training",
        at: invocation.span(of: "pruner"), hint: "use data ... folds=5, tune repeat=5, or pruner=median")
    }
    let needed = WilcoxonPruner.fewestSteps(pruner)
    if trainings <= needed {
      context.warn(
        "\(pruner) prunes nothing here: it can tell two trials apart after \(needed) trainings of each, and each has \(trainings)"
      )
    }
  }

  /// Loaded weights that do not fit every network of the space.
  private func checkImported(_ request: TuneRequest) throws {
    guard let imported = request.imported else { return }
    let space = request.space
    var random = RandomStream(seed: 0, "imported")
    for _ in 0..<100 {
      let network = request.networkDescription(space.configuration { $0.domain.draw(&random) })
      guard let other = try? Architecture(network, for: request.data.dataset, loss: nil), other.sizes != imported.sizes
      else { continue }
      func text(_ sizes: [Int]) -> String { sizes.map(String.init).joined(separator: "-") }
      throw Diagnostic(
        "the weights of '\(imported.file)' are a network of \(text(imported.sizes)), and trials would have others, such as \(text(other.sizes))",
        at: invocation.verb.span, hint: "network, said again, begins with weights of its own")
    }
  }

  /// A space that was typed has been checked; that of a study holds what its storage says.
  private func checkDomains(_ request: TuneRequest) throws {
    for parameter in request.space.parameters {
      guard let option = Hyperparameters.option(parameter.name),
        let value = parameter.domain.refused(by: option)
      else { continue }
      throw Diagnostic(
        "\(parameter.name) is \(option.kind.expectation), not \(value), which the space has",
        at: invocation.verb.span, hint: "describe the space anew, or begin another study")
    }
  }

  /// Rules that nothing in the space keeps.
  private func checkRules(_ request: TuneRequest) throws {
    let space = request.space
    if space.constraints.isEmpty { return }
    for rule in request.description.constraints {
      guard let name = RuleReach(request).missingName(of: rule) else { continue }
      throw Diagnostic(
        "'\(rule.text)' never applies: '\(name)' has no value in any trial", at: invocation.verb.span,
        hint: "search '\(name)', fix it here, or leave the rule out")
    }
    var random = RandomStream(seed: 0, "rules")
    try maker.diagnosing(invocation.verb.span) { _ = try RuleSearch(space).configuration(&random) }
  }

  /// What looks at one value has nothing to look at in a study of several.
  func checkSingle(objectives: Int) throws {
    guard objectives > 1 else { return }
    for (name, needs) in [
      ("target", "a target is a value of one objective"), ("stop", "stagnation is that of one objective"),
      ("pruner", "a pruner compares the reports of one objective"),
      ("confirm", "a confirmation compares values of one objective"),
    ] where invocation.said(name) != nil && invocation.call(name)?.name != "none" {
      throw Diagnostic(
        "\(needs), and this study has \(objectives)", at: invocation.span(of: name),
        hint: "trials= and timeout= end such a study")
    }
  }

  func warn(_ request: TuneRequest) {
    if let shortage = BLASMemory.shortage {
      context.warn("\(shortage): the sampler's model of the trials is left out, and large batches are slow")
    }
    // What only some configurations leave unused was said when the space was read.
    let unused = NoEffect.warnings(request.description, fixed: request.fixed, network: request.network, inAll: true)
    let options = invocation.options.keys.filter { request.fixed[$0] != nil }.sorted()
    let idle = options.compactMap { NoEffect.warning(ofFixed: $0, in: request) }
    for warning in unused + idle { context.output.write(warning, to: .stderr) }
    if let objective = request.objectives.first(where: { $0.hasSuffix("_loss") && $0 != "val_log_loss" }),
      let name = request.space.parameters.map(\.name).first(where: { ["loss", "output"].contains($0) })
    {
      let metric = request.data.dataset.task == .classification ? "val_accuracy or val_log_loss" : "val_mae or val_r2"
      context.output.write(
        "warning: the space chooses '\(name)', and \(objective) is a different quantity for each: use objective=\(metric) to compare them\n",
        to: .stderr)
    }
    if let name = request.objectives.first(where: { $0.hasPrefix("test_") }) {
      context.output.write(
        "warning: \(name) is used to choose, so it no longer says how well the choice does on new data\n", to: .stderr)
    }
  }

  func limits(_ request: TuneRequest) -> RunLimits {
    // Several objectives report nothing.
    limits(parallel: request.parallel, steps: request.objectives.count == 1 ? request.epochs : nil)
  }

  func limits(parallel: Int, steps: Int?) -> RunLimits {
    let endsOtherwise = ["timeout", "target", "stop"].contains { invocation.has($0) }
    let trials = invocation.said("trials")?.int ?? (endsOtherwise ? nil : 20)
    let stop = invocation.call("stop")
    return RunLimits(
      trials: trials, timeout: invocation.float("timeout"), target: invocation.float("target"),
      stagnation: stop.map { $0["trials"]?.int ?? 20 }, parallel: parallel, steps: steps)
  }

  /// The best trial's network becomes the latest run, also where an earlier call has found it.
  private func keepBest(_ study: Study, _ objective: TrainingObjective) {
    guard let best = study.best else { return }
    var run = objective.run(of: best.number)
    run?.study = study.name
    let kept = run
    context.store.update { session in
      if let run = kept ?? session.runs.run(of: best.number, in: study.name) { session.runs.keep(run) }
    }
  }

  func finish(_ study: Study, _ summary: RunSummary, _ view: TuningView) {
    if invocation.isQuiet { return view.view.finish(table: nil, picture: nil) }
    context.printDecision(study, unless: false)
    var table = TrialsReport.table(study, top: 5, showsTimes: context.showsTimes)
    table.note = note(summary, study)
    view.view.finish(table: table, picture: TuningView.lastPicture(study))
    if let description = context.session.space, let advice = EdgeAdvice(study, description) {
      context.warn(advice.text)
    }
  }

  /// What a fresh study's first trials are, where they are not the sampler's own.
  private func startNote(_ study: Study) -> String? {
    guard AutoSampler.startsFromTextbook(study.settings.sampler), let start = TextbookStart(study.space) else {
      return nil
    }
    guard study.trials.count < TextbookStart.count, study.settings.earlier.isEmpty else { return nil }
    return "the first \(TextbookStart.count) trials take textbook values for "
      + "\(start.names.joined(separator: ", ")) (start=none leaves them out)"
  }

  /// `20 of 320 points`: how much of its grid a grid search has seen; what the first trials of an evolution are.
  private func samplerNote(_ study: Study) -> String? {
    let sampler = study.settings.sampler
    if let size = GridSampler.size(of: study.space, by: sampler) {
      let seen = Set(study.trials.lazy.filter { $0.state != .waiting }.map(\.point)).count
      return seen < size ? "\(Number.count(seen)) of \(Number.count(size)) points of the grid" : nil
    }
    if let random = Samplers.randomTrials(sampler), study.trials.count <= random {
      return "the first \(random) trials of \(sampler.name) are random"
    }
    return nil
  }

  private func note(_ summary: RunSummary, _ study: Study) -> String? {
    var parts = [samplerNote(study)].compactMap { $0 }
    switch summary.end {
    case .timeout: parts.append("ended by timeout, once the running trials were finished")
    case .stopped: parts.append("stopped by its button, once the running trials were finished")
    case .target: parts.append("target reached")
    case .stagnation: parts.append("ended by stagnation")
    case .exhausted: parts.append("the sampler has nothing left to suggest")
    case .cancelled: parts.append("interrupted")
    case .trials: break
    }
    if context.showsTimes {
      parts.append(Number.duration(summary.seconds))
      if summary.secondsWaited > 0.5 {
        parts.append(
          "idle \(Number.duration(summary.secondsWaited)) for earlier trials, so that the table can be reproduced"
            + (invocation.has("parallel") ? " (fewer in parallel wait less)" : " (parallel=1 waits for none)"))
      }
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}
