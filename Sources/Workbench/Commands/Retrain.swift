import Language
import NeuralNetworks
import Search
import Studies
import Vocabulary

extension Command {
  package static let retrain = Command(
    "retrain", "trains the configuration of a trial again, with other epochs or settings",
    positionals: [
      Option("trial", .either([.word(["best"]), .int(0 ... .max)]), required: true, "best, or a trial's number")
    ],
    options: Hyperparameters.all + [
      Option("seed", .int(0 ... .max), defaultText: "the session's", "of initial weights, order of rows and dropout"),
      Option("name", .text, defaultText: "best, or trial and its number", "the run's name"),
    ],
    details: """
      Settings that the study fixed and the trial's own parameters are taken, then what is said here. The network of the
      configuration becomes the session's.
      """,
    examples: ["retrain best epochs=30 early_stopping=patience(5)"]
  ) { invocation, context in
    let study = try context.study(at: invocation.verb.span)
    let trial = try Command.trial(invocation, study)
    let said = invocation.options.filter { Hyperparameters.option($0.key) != nil }.mapValues(\.value)
    let levels = [
      FixedSettings(study).arguments("network"), ParameterReader.arguments(trial.point),
      FixedSettings(study).arguments("fixed"), said,
    ]
    context.store.update { $0.network = NetworkSetting(said: NetworkSettings.said(levels)) }
    var plan: [String: Argument] = [:]
    for level in levels { plan.merge(level.filter { !NetworkSettings.isName($0.key) }) { $1 } }
    try Training(invocation: invocation, context: context).start(
      plan, name: invocation.text("name") ?? (invocation.text(at: 0) == "best" ? "best" : "trial \(trial.number)"))
  }

  private static func trial(_ invocation: Invocation, _ study: Study) throws -> TrialRecord {
    let place = invocation.positionals[0]
    if let number = place.value.int {
      let trials = study.trials
      guard trials.indices.contains(number) else {
        throw Diagnostic("there is no trial \(number)", at: place.span, hint: "the study has \(trials.count)")
      }
      return trials[number]
    }
    return try study.bestTrial(at: place.span)
  }
}
