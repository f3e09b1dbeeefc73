import Drawing
import Foundation
import Language
import Studies
import Vocabulary

extension Command {
  package static let watch = Command(
    "watch", "shows the running study or training, and renews it until that ends or the cell is interrupted",
    positionals: [Option("study", .name(.study), "a study of the storage; the current one unless given")],
    changesSession: false,
    details: """
      The table and the plot of a study, or the curves of a training, as tune and train show them: in another cell after the page was
      reloaded, in a console of the same kernel, and in another notebook that has opened the study's file. What does not run is
      shown once. An interrupt ends the looking, not the study.
      """,
    examples: ["watch", "study open \"mine\" storage=\"tuning.db\"; watch"]
  ) { invocation, context in
    try Watching(invocation: invocation, context: context).run()
  }
}

/// One `watch`: follows what others run.
struct Watching {
  let invocation: Invocation
  let context: CellContext

  func run() throws {
    if let named = invocation.positionals.first {
      let name = named.value.text ?? named.value.description
      let study = context.session.study
      if let study, study.name == name { return try follow(study) }
      return try follow(StudyOpening(context: context).study(name, in: context.session.storage, at: named.span))
    }
    let session = context.store.published
    if let study = session.study, study.isBeingRun { return try follow(study) }
    if let run = session.runs.last, run.stopped == "running" { return try followTraining() }
    if let study = session.study { return try follow(study) }
    guard let run = session.runs.last else {
      throw Diagnostic("there is nothing to watch", at: invocation.span, hint: "use study open, tune or train first")
    }
    show(run, in: context.liveView(quiet: invocation.isQuiet))
  }

  private func follow(_ study: Study) throws {
    let view = TuningView(view: context.liveView(quiet: invocation.isQuiet), study: study, trials: nil, doneBefore: 0)
    func end() {
      context.printDecision(study, unless: invocation.isQuiet)
      view.view.finish(
        table: invocation.isQuiet ? nil : TrialsReport.table(study, top: 5, showsTimes: context.showsTimes),
        picture: invocation.isQuiet ? nil : TuningView.lastPicture(study))
    }
    var pulse = StudyPulse(study)
    while true {
      try StudyMaker(context: context).diagnosing(invocation.verb.span) { try study.look() }
      if !pulse.isBeating(study) { return end() }
      view.show { TrialsReport.table(study, top: 5, showsTimes: context.showsTimes) }
      try pause("the study goes on", end)
    }
  }

  private func followTraining() throws {
    let view = context.liveView(quiet: invocation.isQuiet)
    func latest() -> Run? { context.store.published.runs.last }
    var ended: ContinuousClock.Instant?
    while let run = latest() {
      if run.stopped == "running" {
        ended = nil
        TrainingView(view: view, name: run.name, epochs: run.plan.epochs).show(run)
      } else if ended.map({ .now - $0 > StudyPulse.patience }) ?? false {
        // No further training of the same cell has begun.
        return show(run, in: view)
      } else {
        ended = ended ?? .now
      }
      try pause("the training goes on") { if let run = latest() { show(run, in: view) } }
    }
  }

  private func show(_ run: Run, in view: LiveView) {
    if invocation.isQuiet || run.history.epochs == 0 { return view.finish(table: nil, picture: nil) }
    view.finish(table: RunReport.table(run, showsTimes: context.showsTimes), picture: RunReport.lossPicture(run))
  }

  /// Waits for news. Throws where the cell is interrupted, after `end` has left what stays.
  private func pause(_ goesOn: String, _ end: () -> Void) throws {
    for _ in 0..<4 {
      if context.isCancelled() {
        end()
        throw Stopped(message: "watching was interrupted; \(goesOn)")
      }
      Thread.sleep(forTimeInterval: 0.05)
    }
  }
}
