import Drawing
import Language
import Studies
import Vocabulary

/// The run of the study's best trial: the one that `tune` kept in this session, or the trial trained again.
///
/// A storage keeps what trials have shown, not their weights. But a trial is its parameters, its study's settings and a seed
/// derived from the study's and its number, so training it again gives the very network that the study measured, digit for
/// digit on the same kind of processor. That it does is checked against the recorded value, and said.
struct BestRun {
  let context: CellContext
  /// Where the run was asked for.
  let span: Span
  let isQuiet: Bool

  /// Throws diagnostics; what was trained again becomes the session's latest run.
  func find() throws -> Run {
    let study = try context.study(at: span)
    guard study.directions.count == 1 else {
      throw Diagnostic(
        "a study with several objectives has no single best trial", at: span,
        hint: "plot pareto shows the front; retrain 3 and export run write the network of a trial")
    }
    let best = try study.bestTrial(at: span)
    if let run = context.session.runs.run(of: best.number, in: study.name) { return run }
    return try trainAgain(best, of: study)
  }

  private func trainAgain(_ trial: TrialRecord, of study: Study) throws -> Run {
    try checkData(trial, study)
    say(
      "trial \(trial.number) of study \(study.name) was not trained in this session; training it again, from its own seed"
    )
    let recipe = TrialRecipe(trial, of: study)
    for problem in recipe.problems { context.warn(problem) }
    let request = try TuneRequest(asTuned, context)
    let objective = TrainingObjective(
      trial.configuration.map { request.repeating(recipe.settings, repeats: $0.repeats) } ?? request)
    let view = context.liveView(quiet: isQuiet)
    let values: [Double]
    do {
      defer { view.finish(table: nil, picture: nil) }
      values = try objective.evaluate(
        TrialContext(
          number: trial.number, point: trial.point,
          seed: trial.configuration?.seed ?? TrialContext.seed(study: study.seed, number: trial.number),
          parent: trial.parent,
          report: { step, value in
            view.show { frame(step, of: trial.reports.count, value, study.metrics[0]) }
            return false
          }, isCancelled: context.isCancelled))
    } catch is TrialCancelled {
      throw Stopped(message: "training was interrupted; nothing was written")
    } catch let failed as TrialFailed {
      throw Diagnostic("trial \(trial.number) failed as it was trained again: \(failed.reason)", at: span)
    }
    guard var run = objective.run(of: trial.number) else {
      throw Diagnostic("trial \(trial.number) gave no network as it was trained again", at: span)
    }
    run.study = study.name
    let kept = run
    context.store.update { $0.runs.keep(kept) }
    compare(values[0], trial.values[0], study.metrics[0])
    return run
  }

  private func checkData(_ trial: TrialRecord, _ study: Study) throws {
    guard let said = study.trainedOn else {
      throw Diagnostic(
        "trial \(trial.number), the best, was trained by a program outside, which has its weights", at: span)
    }
    guard let data = context.session.data else {
      throw Diagnostic(
        "the weights of trial \(trial.number), the best, are to be trained again, and there is no data", at: span,
        hint: "the study was made on data \(said)")
    }
    try StudyMaker(context: context).checkData(of: study, data, at: span, hint: "load the study's own data again")
  }

  /// A `tune` that says nothing: all it takes is the study's and the session's. One trial has all threads.
  private var asTuned: Invocation {
    Invocation(
      command: .tune, verb: Word("tune", at: span), positionals: [],
      options: ["parallel": .init(value: .int(1), span: span)],
      written: [], block: [], span: span, isQuiet: true)
  }

  private func frame(_ step: Int, of total: Int, _ value: Double, _ metric: String) -> LiveFrame {
    LiveFrame(
      progress: Progress(
        unit: "epoch", done: step, total: total, fields: [.init(metric, Number.significant(value, digits: 3))],
        secondsLeft: nil))
  }

  private func compare(_ value: Double, _ recorded: Double, _ metric: String) {
    if metric == "seconds" { return }
    if value == recorded { return say("\(metric) is \(value), as the study has it") }
    context.output.write(
      "warning: \(metric) is \(value) now and \(recorded) in the study: its settings, imported weights or processor were others\n",
      to: .stderr)
  }

  private func say(_ line: String) { if !isQuiet { context.print(line) } }
}

extension Study {
  /// The data of a study that `tune` made; nil where a program outside runs the trials.
  fileprivate var trainedOn: String? { settings.attributes["data"] }
}

extension CellContext {
  /// The run that was named, or the latest; in a session that has trained nothing and has a study open, its best trial's.
  func trainedRun(named name: String?, at span: Span, quiet: Bool) throws -> Run {
    if name == nil, session.runs.last == nil, let study = session.study, study.trainedOn != nil, study.best != nil {
      return try BestRun(context: self, span: span, isQuiet: quiet).find()
    }
    return try run(named: name, at: span)
  }
}
