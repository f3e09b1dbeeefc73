import Datasets
import Drawing
import Language
import Search
import Storage
import Studies
import Vocabulary

extension Tuning {
  /// `tune workers=...`: workers train what was said here.
  func runWorkers(_ call: Call, _ request: TuneRequest) throws {
    try checkStorage()
    if request.imported != nil {
      throw Diagnostic(
        "workers do not have the weights that were imported into this session's network",
        at: invocation.span(of: "workers"), hint: "tune without workers, or say the network again")
    }
    let source = request.data.source
    let syntax = DataSources.all.first { $0.syntax.name == source.name }?.syntax
    let files = syntax.map { source.paths($0) } ?? []
    if let syntax {
      do { _ = try StudyDataPolicy(named: files).allowed(source, syntax) } catch let refusal as Files.Refusal {
        throw Diagnostic(
          "workers cannot load this data: " + refusal.message, at: invocation.span(of: "workers"),
          hint: "tune without workers=, or load the rows from a file")
      }
    }
    let study = try maker.study(for: request, invocation)
    try checkNoneRun(study)
    if !invocation.isQuiet { context.print(request.summary) }
    warn(request)
    try startWorkers(call, study, limits(request), WorkerShare(data: files))
  }

  /// Writes down what is to be done, starts workers, follows them.
  func startWorkers(_ call: Call, _ study: Study, _ limits: RunLimits, _ share: WorkerShare) throws {
    guard let launcher = WorkerLaunchers.make(call) else { return }
    let span = invocation.span(of: "workers")
    var limits = limits
    limits.parallel = invocation.int("parallel") ?? launcher.count
    let plan = try maker.diagnosing(span) { try study.begin(limits) }
    let roster: WorkerRoster
    do { roster = try maker.diagnosing(span) { try WorkerRoster(of: study, by: launcher, share: share) } } catch let
      refusal as Files.Refusal
    {
      throw Diagnostic(refusal.message, at: span, hint: refusal.hint)
    }
    if roster.jobs.isEmpty, !invocation.isQuiet {
      context.print("start each worker by: " + WorkerRoster.line(for: study, share))
    }
    try follow(roster, plan, cancelsWorkers: true)
  }

  /// Workers are processes of their own: they see files and databases.
  func checkStorage() throws {
    guard context.session.storage is MemoryStorage else { return }
    throw Diagnostic(
      "workers need a storage that they can open too, and this study would be in memory",
      at: invocation.span(of: "workers"),
      hint: "study storage \"tuning.db\", or study storage \"postgresql://host/database\" for several machines")
  }

  func checkNoneRun(_ study: Study) throws {
    let span = invocation.span(of: "workers")
    try maker.diagnosing(span) {
      let old = try WorkerRoster(of: study).living()
      guard !old.isEmpty else { return }
      throw Diagnostic(
        "\(old.count) worker\(old.count == 1 ? "" : "s") still run\(old.count == 1 ? "s" : "") this study", at: span,
        hint: "study open \"\(study.name)\" follows, study stop ends them")
    }
  }

  /// Shows what workers do until their plan has ended. An interrupt ends them too, or only the view.
  func follow(_ roster: WorkerRoster, _ plan: StudyPlan, cancelsWorkers: Bool) throws {
    let study = roster.study
    let begun = ContinuousClock.now
    let view = TuningView(
      view: context.liveView(quiet: invocation.isQuiet), study: study, trials: plan.total.map { $0 - plan.first },
      doneBefore: plan.first)
    let watch = WorkerWatch(
      context: context, roster: roster, plan: plan, view: view, span: invocation.span(of: "workers"))
    do {
      let end = try maker.diagnosing(invocation.verb.span) { try watch.follow() }
      if end == .cancelled, cancelsWorkers { try watch.cancel() }
      let finished = study.trials.filter { $0.number >= plan.first && $0.seconds != nil }.map(\.number)
      finish(
        study,
        RunSummary(end: end, finished: finished, seconds: (ContinuousClock.now - begun) / .seconds(1)), view)
      if end != .cancelled { return }
    } catch {
      view.view.finish(table: nil, picture: nil)
      throw error
    }
    let counts = TrialsReport.counts(study.trials)
    throw Stopped(
      message: cancelsWorkers
        ? "tuning was interrupted, its workers are cancelled; \(counts); tune goes on"
        : "no longer following; the workers go on; \(counts); study stop ends them")
  }
}
