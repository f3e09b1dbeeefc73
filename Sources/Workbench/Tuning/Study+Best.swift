import Language
import Studies

extension Study {
  /// What `tune` measures for the study's values: their names, or what it has noted in a study of another program.
  var objectiveNames: [String] {
    let settings = settings
    guard settings.isForeign else { return settings.metrics }
    return settings.attributes["objective"]?.split(separator: ",").map { String($0.drop { $0 == " " }) }
      ?? settings.metrics
  }

  /// The best trial; a mistake that says what is missing where there is none.
  func bestTrial(at span: Span) throws -> TrialRecord {
    if let best { return best }
    let (message, hint) = whyNoBest
    throw Diagnostic(message, at: span, hint: hint)
  }

  var whyNoBest: (message: String, hint: String) {
    let trials = trials
    guard trials.contains(where: { $0.state == .complete }) else {
      return ("no trial is complete yet", TrialsReport.counts(trials))
    }
    let rules = space.constraints.map(\.text)
    return (
      "there is no best trial: every complete one breaks a constraint",
      rules.isEmpty
        ? "the program that ran the trials has set the constraints; trials lists them all"
        : "the space is subject to " + rules.joined(separator: ", and to ")
    )
  }
}
