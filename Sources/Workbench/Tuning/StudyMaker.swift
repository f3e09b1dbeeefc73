import Language
import Search
import Storage
import Studies
import Vocabulary

/// Makes the study that a `tune` works on, or fits the current one to it.
struct StudyMaker {
  let context: CellContext

  /// The current study with this request's space and settings; a new one where there is none.
  func study(for request: TuneRequest, _ invocation: Invocation) throws -> Study {
    let session = context.session
    if let current = session.study {
      try configure(current, for: request, invocation)
      return current
    }
    let study = try create(
      named: freeName(in: session.storage), try settings(for: request, invocation), in: session.storage,
      at: invocation.verb.span)
    return study
  }

  /// The study and its storage become the session's.
  func create(named name: String, _ settings: StudySettings, in storage: any StudyStorage, at span: Span) throws
    -> Study
  {
    let study = try diagnosing(span) { try Study.create(named: name, settings, in: storage) }
    context.store.update { session in
      session.storage = storage
      session.study = study
    }
    return study
  }

  /// A study that was made before its space was said takes the current one.
  func adopt(_ description: SpaceDescription, in study: Study, at span: Span) throws {
    let space = description.space(in: context.session)
    try diagnosing(span) {
      try study.configure {
        $0.space = space
        $0.spaceText = description.lines.joined(separator: "\n")
      }
    }
  }

  private func configure(_ study: Study, for request: TuneRequest, _ invocation: Invocation) throws {
    // A worker keeps to what the study says, also before its first trial.
    let isFresh = !study.hasBegun && !invocation.bool("join")!
    if !isFresh {
      try checkData(of: study, request.data, at: invocation.verb.span, hint: "study new \"name\" begins another")
    }
    // What another program has called its values is its affair; which way they are better is the study's.
    if !isFresh, study.settings.isForeign, study.directions != request.directions {
      throw Diagnostic(
        "this study is to \(study.directions.map(\.rawValue).joined(separator: ", ")), and \(request.objectives.joined(separator: ", ")) is not",
        at: invocation.span(of: "objective"),
        hint: study.directions == [.maximize]
          ? "for example objective=val_accuracy" : "study new \"name\" begins another")
    }
    if !isFresh, !study.settings.isForeign || study.settings.attributes["objective"] != nil,
      study.objectiveNames != request.objectives
    {
      throw Diagnostic(
        "this study's objective is \(study.objectiveNames.joined(separator: ", "))",
        at: invocation.span(of: "objective"),
        hint: "study new \"name\" begins another")
    }
    if !isFresh, invocation.has("direction"), study.directions != request.directions {
      throw Diagnostic(
        "this study is to \(study.directions.map(\.rawValue).joined(separator: ", "))",
        at: invocation.span(of: "direction"),
        hint: "study new \"name\" begins another")
    }
    if isFresh, study.settings.directionsAreGiven, !invocation.has("direction"), study.directions != request.directions
    {
      let given = study.directions.map(\.rawValue).joined(separator: ", ")
      throw Diagnostic(
        "this study is to \(given), but \(request.objectives.joined(separator: ", ")) is to "
          + request.directions.map(\.rawValue).joined(separator: ", "),
        at: invocation.span(of: "objective"),
        hint: "write tune objective=... for what is to \(given), or direction=... here")
    }
    let wanted = try settings(for: request, invocation)
    let sampler = invocation.has("sampler") ? wanted.sampler : try started(study.settings.sampler, invocation)
    let count = study.trials.count
    let change = isFresh ? nil : TrainingChange(of: study, to: request)
    try diagnosing(invocation.verb.span) {
      try study.configure { settings in
        settings.space = wanted.space
        settings.spaceText = wanted.spaceText
        settings.attributes = wanted.attributes
        if settings.isForeign { settings.attributes["objective"] = request.objectives.joined(separator: ", ") }
        settings.recipe = wanted.recipe
        if change != nil { settings.since = count }
        // What an interrupted call has said of the same objective stays.
        if isFresh, settings.isForeign { settings.isForeign = false }
        if isFresh, settings.metrics != wanted.metrics || invocation.has("direction") {
          (settings.metrics, settings.directions) = (wanted.metrics, wanted.directions)
        }
        settings.sampler = sampler
        if invocation.has("pruner") { (settings.pruner, settings.prunerIsGiven) = (wanted.pruner, true) }
        if invocation.has("seed") { settings.seed = wanted.seed }
      }
    }
    if let change { context.output.write("warning: \(change.text)\n", to: .stderr) }
  }

  /// A mistake where the study's trials were trained on other data.
  func checkData(of study: Study, _ data: LoadedData?, at span: Span, hint: String) throws {
    guard let data else { throw Diagnostic("there is no data", at: span, hint: hint) }
    // Studies of before may hold a password there.
    if let said = study.settings.attributes["data"].map(Secrets.hidden), said != data.text {
      throw Diagnostic("this study was made on \(said), and the data is now \(data.text)", at: span, hint: hint)
    }
    if let kept = study.settings.attributes[Self.checksum], kept != data.dataset.checksum {
      throw Diagnostic(
        "this study was made on other data: \(data.text) has another checksum here (\(data.dataset.checksum), not \(kept))",
        at: span, hint: "the files differ, or what was split; " + hint)
    }
  }

  private func settings(for request: TuneRequest, _ invocation: Invocation) throws -> StudySettings {
    var settings = StudySettings(
      directions: request.directions, metrics: request.objectives,
      sampler: try started(invocation.call("sampler")!, invocation),
      pruner: invocation.call("pruner")!,
      seed: invocation.int("seed").map(UInt64.init) ?? context.session.settings.seed, space: request.space,
      spaceText: request.description.lines.joined(separator: "\n"),
      attributes: [
        "data": request.data.text, "positive": request.data.dataset.positiveName ?? "",
        "fixed": TuneRequest.pairs(request.fixed),
        "network": TuneRequest.pairs(request.network),
        "repeat": request.repeats == 1 ? "" : "\(request.repeats)", Self.checksum: request.checksum ?? "",
        TuneRequest.timeoutKey: request.trialTimeout.map { "\($0)" } ?? "",
      ].filter { !$0.value.isEmpty },
      recipe: StudyRecipe(
        data: .init(
          source: request.data.source, options: request.data.options, seed: request.data.preparation.seed),
        network: request.network, fixed: request.fixed))
    settings.prunerIsGiven = invocation.has("pruner")
    return settings
  }

  /// The sampler with the `start` that `tune` says.
  func started(_ sampler: Call, _ invocation: Invocation) throws -> Call {
    guard let start = invocation.said("start") else { return sampler }
    guard sampler.name == AutoSampler.syntax.name else {
      if start.description == "none" { return sampler }
      throw Diagnostic(
        "\(sampler.name) has first trials of its own", at: invocation.span(of: "start"),
        hint: "use sampler=auto, or enqueue what is to be tried first")
    }
    return Call(
      sampler.name, sampler.arguments.filter { $0.name != "start" } + [.init("start", .text(start.description))])
  }

  static let checksum = "data_checksum"

  func freeName(in storage: any StudyStorage) throws -> String {
    let taken = Set(try storage.studies().map(\.name))
    return (1...).lazy.map { "study-\($0)" }.first { !taken.contains($0) }!
  }

  /// What the search and the storage refuse, as diagnostics.
  func diagnosing<Result>(_ span: Span, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as StudyError {
      throw Diagnostic(error.message, at: span, hint: error.hint)
    } catch let error as SearchError {
      throw Diagnostic(error.message, at: span, hint: error.hint)
    } catch let loss as StorageError where loss.isLoss {
      throw StudyRescue(context: context).rescue(from: loss, at: span)
    } catch let error as StorageError where error.kind != .interrupted {
      throw Diagnostic(error.message, at: span, hint: error.hint)
    }
  }
}
