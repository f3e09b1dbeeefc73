import Language
import Search
import Studies
import Vocabulary

extension Tuning {
  /// `tune program="python train.py --lr {learning_rate}"`: each trial is a run of a program of the user's.
  ///
  /// The text comes from this cell, or from who started this worker: a study keeps it for people to read, and never starts it.
  /// A worker, and who joins workers, takes the study as it is.
  func runProgram(_ text: String, isWorker: Bool = false) throws {
    let workers = invocation.call("workers")
    if workers != nil { try checkStorage() }
    let (template, description, fixed) = try readProgram(text)
    let joins = invocation.bool("join") ?? false
    let study = try isWorker || joins ? studyOfProgram() : programStudy(text, description, fixed)
    if workers != nil { try checkNoneRun(study) }
    let values = fixed.mapValues { ParameterValue($0).description }
    let timeout = invocation.float("trial_timeout")
    var limits = limits(parallel: invocation.int("parallel") ?? context.threads, steps: nil)
    if joins { try join(study, &limits) }
    if !invocation.isQuiet {
      let searched = study.space.parameters.map(\.name).joined(separator: ", ")
      context.print("searching \(searched) with \(text)")
    }
    warnOfProgram(template, study)
    if let workers {
      return try startWorkers(
        workers, study, limits, WorkerShare(program: template.filling(values), trialTimeout: timeout))
    }
    let objective = ProgramObjective(template: template, fixed: values, study: study.name, timeout: timeout)
    do {
      try search(study, limits) { try objective.evaluate($0) }
    } catch let refusal as Files.Refusal {
      throw Diagnostic(refusal.message, at: invocation.span(of: "program"), hint: refusal.hint)
    }
  }

  /// The study of the session, whose trials are runs of a program.
  private func studyOfProgram() throws -> Study {
    guard let study = context.session.study, study.settings.attributes["program"] != nil else {
      throw Diagnostic(
        "no program runs this study's trials", at: invocation.span(of: "program"),
        hint: "use it without a program, or tune program=... in a study of its own")
    }
    return study
  }

  /// The text with the space that it is about, and the settings that `tune` itself gives names in it.
  private func readProgram(_ text: String) throws -> (CommandTemplate, SpaceDescription, [String: Argument]) {
    let span = invocation.span(of: "program")
    guard let description = context.session.space else {
      throw Diagnostic(
        "there is no space to search", at: invocation.verb.span,
        hint: "describe it: space external, and an indented line for each parameter")
    }
    for name in ["objective", "repeat", "confirm"] where invocation.has(name) {
      throw Diagnostic(
        "'\(name)' has no effect with program=", at: invocation.span(of: name),
        hint: name == "objective" ? "the program prints the value; use direction=maximize if more is better" : nil)
    }
    let given = invocation.options.filter { Hyperparameters.option($0.key) != nil }.mapValues(\.value)
    let standard = Hyperparameters.standard.merging(context.session.network.said) { $1 }.merging(given) { $1 }
    let searched = description.parameters.map(\.name)
    let own = searched + ProgramObjective.ownNames.filter { !searched.contains($0) }
    let known = own + standard.keys.sorted().filter { !own.contains($0) }
    let template: CommandTemplate
    do { template = try CommandTemplate(text, known: known, shown: own.count) } catch let mistake
      as CommandTemplate.Mistake
    {
      throw Diagnostic(mistake.message, at: span, hint: mistake.hint)
    }
    for name in given.keys.sorted() where !template.names.contains(name) {
      throw Diagnostic(
        "the program does not take '\(name)'", at: invocation.span(of: name),
        hint: "write {\(name)} in program=, where its value goes")
    }
    let fixed = standard.filter { name, _ in
      template.names.contains(name) && (given[name] != nil || !own.contains(name))
    }
    return (template, description, fixed)
  }

  /// The current study with this space, or a new one.
  private func programStudy(
    _ text: String, _ description: SpaceDescription, _ fixed: [String: Argument]
  ) throws -> Study {
    let session = context.session
    let current = session.study
    let span = invocation.verb.span
    if let current, current.settings.attributes["data"] != nil, current.hasBegun {
      throw Diagnostic(
        "the trials of this study are trained here", at: span, hint: "study new \"name\" begins another")
    }
    let space = description.space(fixed: description.isExternal ? [:] : fixed, known: Hyperparameters.standard)
    let words = invocation.said("direction").map { $0.list?.compactMap(\.text) ?? [$0.text].compactMap { $0 } }
    let directions = words?.compactMap(Direction.init)
    if let current, current.hasBegun, let directions, current.directions != directions {
      throw Diagnostic(
        "this study is to \(current.directions.map(\.rawValue).joined(separator: ", "))",
        at: invocation.span(of: "direction"), hint: "study new \"name\" begins another")
    }
    let wanted = directions ?? current?.directions ?? [.minimize]
    try checkSingle(objectives: wanted.count)
    if let current { try configure(current, text, space, description, wanted) }
    return try current
      ?? maker.create(
        named: maker.freeName(in: session.storage), settings(text, space, description, wanted), in: session.storage,
        at: span)
  }

  private func settings(
    _ text: String, _ space: Search.Space, _ description: SpaceDescription, _ directions: [Direction]
  ) throws -> StudySettings {
    var settings = StudySettings(
      directions: directions, metrics: directions.count == 1 ? ["value"] : directions.indices.map { "value_\($0)" },
      sampler: try maker.started(invocation.call("sampler")!, invocation), pruner: invocation.call("pruner")!,
      seed: invocation.int("seed").map(UInt64.init) ?? context.session.settings.seed, space: space,
      spaceText: description.lines.joined(separator: "\n"), attributes: ["program": text])
    settings.prunerIsGiven = invocation.has("pruner")
    return settings
  }

  private func configure(
    _ study: Study, _ text: String, _ space: Search.Space, _ description: SpaceDescription, _ directions: [Direction]
  ) throws {
    let wanted = try settings(text, space, description, directions)
    let sampler =
      invocation.has("sampler") ? wanted.sampler : try maker.started(study.settings.sampler, invocation)
    if let before = study.settings.attributes["program"], before != text, study.hasBegun {
      context.warn("the program was '\(before)' for the study's earlier trials")
    }
    let isFresh = !study.hasBegun
    try maker.diagnosing(invocation.verb.span) {
      try study.configure { settings in
        (settings.space, settings.spaceText, settings.sampler) = (space, wanted.spaceText, sampler)
        settings.attributes["program"] = text
        if isFresh { (settings.directions, settings.metrics) = (directions, wanted.metrics) }
        if invocation.has("pruner") { (settings.pruner, settings.prunerIsGiven) = (wanted.pruner, true) }
        if invocation.has("seed") { settings.seed = wanted.seed }
      }
    }
  }

  /// What a person may have overlooked.
  private func warnOfProgram(_ template: CommandTemplate, _ study: Study) {
    let unused = study.space.parameters.map(\.name).filter { !template.names.contains($0) }
    if !unused.isEmpty { context.warn("the program is not given \(unused.joined(separator: ", "))") }
    if study.directions.count > 1, study.settings.effectivePruner.name != "none" {
      context.warn("a pruner compares the steps of one objective, and this study has \(study.directions.count)")
    }
    if ProgramFolder.entries(of: Files.workingFolder) == nil {
      context.warn(
        "the notebook's folder has more than \(ProgramFolder.most) files: they are not linked into the trials' folders")
    }
  }
}
