import Language
import NeuralNetworks
import Search
import Studies
import Vocabulary

extension Command {
  package static let retrain = Command(
    "retrain", "trains the configuration of a trial again, with other epochs or settings if given",
    positionals: [
      Option("trial", .either([.word(["best"]), .int(0 ... .max)]), required: true, "best, or a trial's number")
    ],
    options: Hyperparameters.all + [
      Option(
        "seed", .int(.min ... .max), defaultText: "the trial's own",
        "seed for the initial weights, the row order and dropout"),
      Option("name", .text, defaultText: "best, or trial and its number", "the run's name"),
      Option(
        "on", .word(["train", "all"]), default: .text("train"),
        "the rows: all trains on those of validation too, with one seed and for the trial's best number of epochs"),
    ],
    details: """
      The trial's own configuration and seed are taken, then what is said here: with nothing said, training gives the
      values that the trial had, to the last digit. The network of the configuration becomes the session's. on=all makes the
      network to keep: it trains on the rows of training and validation (all folds) together and is measured on the test
      rows alone.
      """,
    examples: ["retrain best epochs=30 early_stopping=patience(5)", "retrain best on=all"]
  ) { invocation, context in
    let study = try context.study(at: invocation.verb.span)
    let trial = try Command.trial(invocation, study)
    let said = invocation.options.filter { Hyperparameters.option($0.key) != nil }.mapValues(\.value)
    let recipe = TrialRecipe(trial, of: study)
    for problem in recipe.problems { context.warn(problem) }
    if let other = recipe.data, let data = context.session.data, data.text != other {
      context.warn("trial \(trial.number) was trained on \(other), and the data is now \(data.text)")
    }
    var settings = recipe.settings.merging(said) { $1 }
    let refit = invocation.text("on") == "all" ? try Refit(trial, of: study, invocation, context) : nil
    try refit?.adjust(&settings, said: said)
    let widths = ["hidden", "layers", "neurons"]
    let saysWidth = said.keys.contains { widths.contains($0) || NetworkSettings.layerIndex($0) != nil }
    // What is said here comes after the trial's own widths.
    let network = saysWidth ? NetworkSettings.said([recipe.settings, said]) : NetworkSettings.said([settings])
    context.store.update { $0.network = NetworkSetting(said: network) }
    var seeds = invocation.int("seed").map { [UInt64(bitPattern: Int64($0))] } ?? recipe.seeds
    // One network is to be kept.
    if refit != nil { seeds = Array(seeds.prefix(1)) }
    var training = settings.filter { !NetworkSettings.isName($0.key) }
    if refit == nil { training["metrics"] = metrics(training["metrics"], beside: study) }
    try Training(invocation: invocation, context: context).start(
      training,
      name: invocation.text("name") ?? (invocation.text(at: 0) == "best" ? "best" : "trial \(trial.number)"),
      seeds: seeds, on: refit?.data)
  }

  /// What a trial is judged by is measured again, so that its value can be compared.
  private static func metrics(_ said: Argument?, beside study: Study) -> Argument? {
    let known = said?.list ?? []
    let judged = MetricNames.measured(for: study.objectiveNames).map(Argument.call).filter { !known.contains($0) }
    return judged.isEmpty ? said : .list(known + judged)
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
