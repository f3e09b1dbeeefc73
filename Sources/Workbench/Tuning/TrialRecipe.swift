import Search
import Studies
import Vocabulary

/// All that builds a trial's network again: its own configuration and seeds, or for a trial of an older version what its study
/// says.
struct TrialRecipe {
  /// Of `network` and `train`, each checked against its declaration.
  let settings: [String: Argument]
  /// One per training of a configuration: several if the trial was averaged.
  let seeds: [UInt64]
  /// What it was trained on, as typed; nil if that is not known.
  let data: String?
  /// What cannot be used of the configuration, in words.
  let problems: [String]

  init(_ trial: TrialRecord, of study: Study) {
    let seed: UInt64
    let repeats: Int
    if let kept = trial.configuration {
      (settings, problems) = FixedSettings.checked(kept.settings)
      (seed, repeats, data) = (kept.seed, kept.repeats, kept.data)
    } else {
      let fixed = FixedSettings(study)
      let levels = [
        fixed.arguments("network"), ParameterReader.arguments(trial.point), fixed.arguments("fixed"),
      ]
      var merged = NetworkSettings.said(levels)
      for level in levels { merged.merge(level.filter { !NetworkSettings.isName($0.key) }) { $1 } }
      (settings, problems) = (merged, fixed.problems)
      seed = TrialContext.seed(study: study.seed, number: trial.number)
      repeats = study.settings.attributes["repeat"].flatMap { Int($0) }.map { min(max(1, $0), 1000) } ?? 1
      data = study.settings.attributes["data"]
    }
    seeds = (0..<repeats).map { TrialContext.seed(study: seed, number: $0) }
  }
}
