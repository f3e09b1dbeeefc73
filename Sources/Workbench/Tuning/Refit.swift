import Datasets
import Language
import Search
import Studies
import Vocabulary

/// What `retrain on=all` trains on, and what cannot be as it was in the trial: no row is left to validate on.
struct Refit {
  let data: LoadedData
  private let trial: TrialRecord
  private let study: Study
  private let invocation: Invocation
  private let context: CellContext

  /// A mistake if no data is loaded.
  init(_ trial: TrialRecord, of study: Study, _ invocation: Invocation, _ context: CellContext) throws {
    guard var data = context.session.data else {
      throw Diagnostic("there is no data to train on", at: invocation.verb.span, hint: "for example: data digits")
    }
    data.dataset = try data.dataset.joiningValidation()
    (self.data, self.trial, self.study, self.invocation, self.context) = (data, trial, study, invocation, context)
  }

  /// Without validation rows nothing can be stopped early: the trial's best number of epochs is trained instead.
  func adjust(_ settings: inout [String: Argument], said: [String: Argument]) throws {
    var note = "trains on \(data.dataset.rows(.train).count) rows, those of validation among them"
    if let stopping = settings["early_stopping"], stopping.text != "none", said["early_stopping"] == nil {
      settings["early_stopping"] = nil
      if said["epochs"] == nil {
        guard let epochs = bestStep else {
          throw Diagnostic(
            "trial \(trial.number) was stopped early, and its best epoch is not known", at: invocation.span(of: "on"),
            hint: "write how long to train: epochs=10")
        }
        settings["epochs"] = .int(epochs)
        note += ", for \(epochs) epoch\(epochs == 1 ? "" : "s"): the trial's best was the last of them"
      }
    }
    if !invocation.isQuiet { context.print(note) }
  }

  private var bestStep: Int? {
    guard let direction = study.directions.first, study.directions.count == 1 else { return nil }
    let best = trial.reports.filter { $0.value.isFinite }.min {
      direction == .minimize ? $0.value < $1.value : $0.value > $1.value
    }
    return best?.step
  }
}
