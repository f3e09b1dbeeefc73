import Drawing
import Language
import Search
import Storage
import Studies
import Vocabulary

extension Command {
  package static let study = Command(
    "study", "creates, opens, lists, renames and deletes studies; alone, shows the current one",
    positionals: [
      Option("action", .word(["new", "open", "list", "delete", "rename", "storage", "stop"]), "what to do"),
      Option("name", .either([.word(["none"]), .text]), "the study's name, or the storage's file or database"),
    ],
    options: [
      Option(
        "sampler", .call(Samplers.all.map(\.syntax)), default: .call(Call("auto")), "chooses the configurations (new)"),
      Option(
        "pruner", .call(Pruners.all.map(\.syntax)), default: .call(Call("none")), "stops unpromising trials early (new)"
      ),
      Option(
        "direction", .either([.word(["minimize", "maximize"]), .list(of: .word(["minimize", "maximize"]))]),
        default: .text("minimize"), "direction of each objective (new)"),
      Option("seed", .int(0 ... .max), defaultText: "the session's", "seed for the sampler and every trial (new)"),
      Option(
        "like", .either([.list(of: .name(.study)), .name(.study)]), defaultText: "none",
        "an earlier study of the storage, or several, whose best configurations are tried first (new)"),
      Option("create", .bool, default: .bool(false), "open: creates it if it does not exist"),
      Option(
        "storage", .either([.word(["none"]), .text]), defaultText: "the session's",
        "new, open, list, delete: the file or the database that keeps it; new and open make it the session's"),
      Option("follow", .bool, default: .bool(true), "open: follows its workers, if any are running"),
    ],
    details: """
      study new "name" begins a study; study open "name" goes on with one of the storage: its data is loaded too, if it is a set that Attune
      knows or a file in the notebook's folder, and its best trial and history are shown; study list shows them; study
      delete "name", study rename "new"; study storage "tuning.db" keeps studies in a file that Optuna and its dashboard
      read (or as Optuna says it: "sqlite:///tuning.db"), "postgresql://host/database" in a database that many machines share, study storage none in memory. A
      database's password comes from ~/.pgpass or PGPASSWORD. study stop ends the workers of the current study; an interrupt
      of study open only ends the view. study new "b" like="a" begins with the best configurations of "a", matched by the parameters'
      names and brought into the new ranges: the first trial has the best of them, up to four more follow while they are better than
      what the sampler finds by itself. "a" may be a study of another program, on other data, with other objectives.
      """,
    examples: [
      "study new \"mine\" sampler=tpe direction=minimize seed=1", "study open \"mine\"",
      "study new \"b\" like=\"a\"", "study open \"mine\" storage=\"tuning.db\"", "study storage \"tuning.db\"",
      "study storage \"postgresql://localhost/studies\"",
    ]
  ) { invocation, context in
    let actions = StudyActions(invocation: invocation, context: context)
    try actions.checkOptions()
    switch invocation.text(at: 0) {
    case nil: try actions.show()
    case "new": try actions.new()
    case "open": try actions.open()
    case "list": try actions.list()
    case "delete": try actions.delete()
    case "rename": try actions.rename()
    case "stop": try actions.stop()
    default: try actions.storage()
    }
  }
}

private struct StudyActions {
  let invocation: Invocation
  let context: CellContext

  private var maker: StudyMaker { StudyMaker(context: context) }

  /// The actions that use each option. What a beginning study is given is also used by `open create=true`.
  private static let actions: [String: [String]] = [
    "sampler": ["new", "open"], "pruner": ["new", "open"], "direction": ["new", "open"], "seed": ["new", "open"],
    "like": ["new", "open"], "create": ["open"], "follow": ["open"], "storage": ["new", "open", "list", "delete"],
  ]

  /// An option that the action does not use is refused: the user means something by it.
  func checkOptions() throws {
    let action = invocation.text(at: 0)
    for name in invocation.options.keys.sorted() {
      guard let users = Self.actions[name], !users.contains(action ?? "") else { continue }
      throw Diagnostic(
        "'\(name)' has no effect on \(action.map { "study \($0)" } ?? "study")", at: invocation.span(of: name),
        hint: "use it with " + users.map { "study \($0)" }.joined(separator: ", "))
    }
  }

  private func name() throws -> String {
    guard invocation.positionals.count > 1, let name = invocation.text(at: 1), !name.isEmpty else {
      throw Diagnostic(
        "study \(invocation.text(at: 0)!) needs a name", at: invocation.span,
        hint: "for example: study \(invocation.text(at: 0)!) \"mine\"")
    }
    guard name.utf8.count <= 512 else {
      throw Diagnostic("a study's name has at most 512 bytes", at: invocation.positionals[1].span)
    }
    try TypedText.checkName(name, at: invocation.positionals[1].span)
    return name
  }

  private func say(_ line: String) { if !invocation.isQuiet { context.print(line) } }

  func show() throws {
    let study = try context.study(at: invocation.span)
    context.show(StudyReport.table(study), unless: invocation.isQuiet)
  }

  func new() throws { try new(in: namedStorage() ?? context.session.storage) }

  private func new(in storage: any StudyStorage) throws {
    let session = context.session
    let words = invocation["direction"]!
    let directions = (words.list?.compactMap(\.text) ?? [words.text!]).compactMap(Direction.init)
    var settings = StudySettings(
      directions: directions, sampler: invocation.call("sampler")!, pruner: invocation.call("pruner")!,
      seed: invocation.int("seed").map(UInt64.init) ?? session.settings.seed)
    settings.directionsAreGiven = invocation.has("direction")
    settings.prunerIsGiven = invocation.has("pruner")
    settings.metrics = directions.count == 1 ? ["value"] : directions.indices.map { "value_\($0)" }
    if let space = session.space {
      settings.space = space.space(in: session)
      settings.spaceText = space.lines.joined(separator: "\n")
    }
    let name = try name()
    settings.earlier = try earlier(than: name, in: storage)
    let study = try maker.create(named: name, settings, in: storage, at: invocation.span)
    say("study '\(study.name)' begins, kept in \(study.storage.place)" + Self.start(settings))
  }

  /// What `like=` names.
  private func earlier(than name: String, in storage: any StudyStorage) throws -> [EarlierStudy] {
    guard let like = invocation["like"], invocation.has("like") else { return [] }
    let names = like.list?.compactMap(\.text) ?? [like.text].compactMap { $0 }
    return try maker.diagnosing(invocation.span(of: "like")) {
      try EarlierStudies.read(names, for: name, in: storage)
    }
  }

  private static func start(_ settings: StudySettings) -> String {
    if settings.earlier.isEmpty { return "" }
    let names = settings.earlier.map { "'\($0.name)'" }.joined(separator: ", ")
    return "; its first trials try the best configurations of \(names)"
  }

  func open() throws {
    let name = try name()
    let creates = invocation.bool("create")!
    let storage =
      try creates ? namedStorage() ?? context.session.storage : existingStorage(hint: "create=true makes it")
    let found = try maker.diagnosing(invocation.span) { try storage.study(named: name) }
    guard found != nil else {
      if creates { return try new(in: storage) }
      let names = try storage.studies().map(\.name)
      throw Diagnostic(
        "there is no study '\(name)' in \(storage.place)", at: invocation.positionals[1].span,
        hint: Suggestion.hint(for: name, among: names)
          ?? (names.isEmpty
            ? "it holds none; create=true makes it" : "it holds " + names.prefix(8).joined(separator: ", ")))
    }
    let findings = try StudyOpening(context: context).open(
      name, in: storage, at: invocation.positionals[1].span,
      loadingData: StudyDataPolicy(
        named: [Files.workingFolder], hint: "load it yourself with data, then open the study"))
    for warning in findings.warnings + storage.takeDamage() { context.warn(warning) }
    let study = findings.study
    say(
      "study '\(name)' is open: " + TrialsReport.counts(study.trials)
        + (findings.hasLoadedData
          ? "; its data is loaded: \(Secrets.hidden(study.settings.attributes["data"] ?? ""))" : ""))
    if let problem = findings.dataProblem {
      // A study has no file outside the notebook's folder read; a person may.
      let remedy = study.settings.attributes["data"].map { "; if you know its data, write: data \($0)" }
      context.warn("its data is not loaded: \(problem.message)" + (remedy ?? ""))
    }
    let isFollowed = try invocation.bool("follow")! && follow()
    if !isFollowed { showBest(study) }
  }

  /// The storage that `storage=` names, if it does; not yet the session's.
  private func namedStorage() throws -> (any StudyStorage)? {
    try invocation.text("storage").map { said in
      if StudyStorages.isMemory(said) { return memory }
      return try maker.diagnosing(invocation.span(of: "storage")) { try open(storage: said) }
    }
  }

  /// The session's memory with the studies in it, if it keeps them there.
  private var memory: any StudyStorage {
    context.session.storage is MemoryStorage ? context.session.storage : MemoryStorage()
  }

  /// The same for what only looks or deletes: a file that does not exist is not made.
  private func existingStorage(hint: String? = nil) throws -> any StudyStorage {
    if let named = invocation.text("storage"),
      let missing = try maker.diagnosing(
        invocation.span(of: "storage"),
        {
          try StudyStorages.missingFile(named)
        })
    {
      throw Diagnostic("there is no file '\(missing)'", at: invocation.span(of: "storage"), hint: hint)
    }
    return try namedStorage() ?? context.session.storage
  }

  private func open(storage said: String) throws -> any StudyStorage {
    let waiting = StorageWait()
    waiting.giveUp(when: context.isCancelled)
    waiting.tell { [context] in context.warn($0) }
    return try StudyStorages.open(said, waiting: waiting)
  }

  private func showBest(_ study: Study) {
    if invocation.isQuiet { return }
    if let best = study.best { context.show(BestReport.table(best, study, showsTimes: context.showsTimes)) }
    if study.trials.contains(where: { $0.state == .complete }) { context.show(TuningView.picture(study)) }
  }

  /// Where workers run the study, shows what they do.
  private func follow() throws -> Bool {
    guard let study = context.session.study, let plan = study.plan, !(study.storage is MemoryStorage) else {
      return false
    }
    let roster = try maker.diagnosing(invocation.span) { try WorkerRoster(of: study) }
    let living = roster.living()
    if living.isEmpty { return false }
    say("\(living.count) of its \(roster.jobs.count) workers run")
    try Tuning(invocation: invocation, context: context).follow(roster, plan, cancelsWorkers: false)
    return true
  }

  func stop() throws {
    let study = try context.study(at: invocation.span)
    let roster = try maker.diagnosing(invocation.span) { try WorkerRoster(of: study) }
    let living = roster.living()
    if living.isEmpty { return say("no worker of study '\(study.name)' runs that can be seen from here") }
    roster.cancel()
    say(
      "\(living.count) worker\(living.count == 1 ? "" : "s") of study '\(study.name)' will end and give the running trials back"
    )
  }

  func list() throws {
    let storage = try existingStorage()
    let table = try maker.diagnosing(invocation.span) {
      try StudyReport.list(storage.studies(), in: storage, showsTimes: context.showsTimes)
    }
    for finding in storage.takeDamage() { context.warn(finding) }
    context.show(table, unless: invocation.isQuiet)
  }

  func delete() throws {
    let name = try name()
    let storage = try existingStorage()
    let count = try maker.diagnosing(invocation.span) {
      guard let study = try storage.study(named: name) else {
        throw StudyError("there is no study '\(name)' in \(storage.place)")
      }
      try storage.deleteStudy(study.id)
      return study.counts.values.reduce(0, +)
    }
    context.store.update { session in
      if let study = session.study, study.name == name, study.storage.place == storage.place { session.study = nil }
    }
    say("study '\(name)' is deleted, and its \(count) trial\(count == 1 ? "" : "s") with it")
  }

  func rename() throws {
    let study = try context.study(at: invocation.span)
    let old = study.name
    let new = try name()
    try maker.diagnosing(invocation.span) { try study.rename(to: new) }
    say("study '\(old)' is now '\(new)'")
  }

  func storage() throws {
    guard invocation.positionals.count > 1 else { return say("studies are kept in \(context.session.storage.place)") }
    let storage = try maker.diagnosing(invocation.positionals[1].span) { () -> any StudyStorage in
      StudyStorages.isMemory(invocation.text(at: 1)!) ? memory : try open(storage: invocation.text(at: 1)!)
    }
    context.store.update { session in
      session.storage = storage
      session.study = nil
    }
    say("studies are kept in \(storage.place)")
  }
}
