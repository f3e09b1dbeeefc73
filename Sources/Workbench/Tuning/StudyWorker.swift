import Jupyter
import Language
import Storage
import Studies
import Vocabulary

/// What another process does for a study: opens it, loads its data and runs its trials.
///
/// Everything a worker needs is in the study's attributes, so a storage and a name are enough. They are values there and are
/// used as such: nothing that the storage holds is ever read as a cell. An interpreter that has one thing to do, so that it runs,
/// is interrupted and fails as a cell does.
package final class StudyWorker: Interpreter {
  /// What its user has said.
  package struct Order: Sendable {
    package var storage: String
    package var study: String
    package var trials: Int?
    package var timeout: String?
    package var parallel: Int
    package var threads: Int?
    /// Folders and files that the study's data may come from.
    package var data: [String]
    /// What each trial starts, where the study is about a program.
    package var program: String?
    package var trialTimeout: String?

    package init(
      storage: String, study: String, trials: Int?, timeout: String?, parallel: Int, threads: Int?, data: [String],
      program: String? = nil, trialTimeout: String? = nil
    ) {
      (self.storage, self.study, self.trials, self.timeout) = (storage, study, trials, timeout)
      (self.parallel, self.threads, self.data) = (parallel, threads, data)
      (self.program, self.trialTimeout) = (program, trialTimeout)
    }
  }

  private let order: Order
  private let workbench = Workbench()
  /// The text that mistakes point to.
  package static let source = "tune"

  package init(_ order: Order) { self.order = order }

  package var identity: InterpreterIdentity { workbench.identity }

  package func execute(_ cell: Cell, output: any CellOutput) -> Outcome {
    let context = CellContext(cell: cell, output: output, store: workbench.store)
    do {
      try work(context)
      context.session.storage.settle()
      return Outcome(result: nil, payloads: [])
    } catch let refusal as any Refusal {
      return Outcome(
        payloads: [],
        failure: .from(Diagnostic(refusal.message, at: Span(0, 4), hint: refusal.hint), in: Self.source).cleaned)
    } catch {
      return Outcome(payloads: [], failure: .from(error, in: Self.source).cleaned)
    }
  }

  private func work(_ context: CellContext) throws {
    let span = Span(0, Self.source.count)
    let waiting = StorageWait()
    let storage = try StudyStorages.open(order.storage, waiting: waiting)
    storage.giveUp(when: context.isCancelled)
    storage.tell { context.warn($0) }
    workbench.store.update { $0.settings.threads = order.threads }
    let found = try StudyOpening(context: context).open(
      order.study, in: storage, at: span, loadingData: StudyDataPolicy(named: order.data))
    let study = found.study
    try checkKind(of: study, at: span)
    if let problem = found.dataProblem { throw problem }
    // What cannot be used would make trials that are not the study's.
    if let problem = found.warnings.first(where: { $0.hasPrefix("its ") }) { throw Diagnostic(problem, at: span) }
    for warning in found.warnings + storage.takeDamage() { context.warn(warning) }
    context.print("study '\(study.name)' is open: " + TrialsReport.counts(study.trials))
    let tuning = Tuning(invocation: try tune(study, at: span), context: context)
    if let program = order.program { try tuning.runProgram(program, isWorker: true) } else { try tuning.run() }
  }

  /// A worker trains, or starts the program that its own user has named: the one that a study names is not started.
  private func checkKind(of study: Study, at span: Span) throws {
    let attributes = study.settings.attributes
    if order.program != nil {
      guard attributes["program"] == nil else { return }
      throw Diagnostic("no program runs the trials of the study '\(study.name)'", at: span, hint: "leave out --program")
    }
    if let program = attributes["program"] {
      throw Diagnostic(
        "a program runs the trials of the study '\(study.name)', and only one that is named here is started", at: span,
        hint: "the study says: --program=\(ShellWord.quoted(program))")
    }
    guard attributes["data"] == nil else { return }
    throw Diagnostic(
      "the study '\(study.name)' does not say what data it is about: it was not made by tune", at: span)
  }

  /// A `tune` of this worker's share.
  private func tune(_ study: Study, at span: Span) throws -> Invocation {
    var options: [String: Invocation.Bound] = ["parallel": .init(value: .int(order.parallel), span: span)]
    // A plan that has ended is no business of a worker that is told how many trials to run.
    if let plan = study.plan, try order.trials == nil || study.look(at: plan) == nil {
      options["join"] = .init(value: .bool(true), span: span)
    }
    if let trials = order.trials { options["trials"] = .init(value: .int(trials), span: span) }
    for (name, text) in [("timeout", order.timeout), ("trial_timeout", order.trialTimeout)] {
      guard let text else { continue }
      let flag = "--" + name.replacing("_", with: "-")
      guard let expression = ExpressionText.read(text) else {
        throw Diagnostic("\(flag) is a time: 30s, 10min, 2h", at: span)
      }
      let binder = ArgumentBinder(scope: NoScope(), callFromText: { _ in nil })
      options[name] = .init(value: try binder.bind(expression, to: .duration, flag), span: span)
    }
    return Invocation(
      command: .tune, verb: Word("tune", at: span), positionals: [], options: options,
      written: options.keys.sorted(), block: [], span: span, isQuiet: false)
  }

  package func complete(_ source: String, at position: Int) -> Completion { workbench.complete(source, at: position) }
  package func inspect(_ source: String, at position: Int, detail: Int) -> MIMEBundle? { nil }
  package func completeness(of source: String) -> Completeness { .complete }
  package func shutdown() { workbench.shutdown() }
}
