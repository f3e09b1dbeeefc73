import Search
import Vocabulary

/// What a study is: kept as its attributes, restored when it is opened.
package struct StudySettings: Sendable {
  package var directions: [Direction]
  /// Whether the directions were asked for before the objectives were known.
  package var directionsAreGiven = false
  /// The objectives' names, `val_loss`; as many as directions.
  package var metrics: [String]
  package var sampler: Call
  package var pruner: Call
  /// Whether the pruner was asked for: `none` then means none, also with a sampler that comes with one.
  package var prunerIsGiven = false
  package var seed: UInt64
  package var space: Space
  /// The space as it was typed, so that it can be shown and its constraints made again.
  package var spaceText: String?
  /// What else it was made with (`fixed`, `data`, ...): names to text, for people to read.
  package var attributes: [String: String]
  /// The same as values, for the next session or a worker to use; nil if an older program or another one made the study.
  package var recipe: StudyRecipe?
  /// What earlier studies have found: the first trials come of it. It stays if those are deleted or go on.
  package var earlier: [EarlierStudy] = []
  /// What trials came to when `tune confirm=` trained them again, by number: one value per training.
  package var confirmations: [Int: [Double]] = [:]
  /// Whether another program made the study: its objectives have no unit, and nothing is known of how its trials were run.
  package var isForeign = false
  /// The first trial that was run as the attributes say: earlier ones were run otherwise, and none of them stands for a new one of
  /// the same configuration.
  package var since = 0

  package init(
    directions: [Direction] = [.minimize], metrics: [String] = [], sampler: Call = Call("auto"),
    pruner: Call = Call("none"), seed: UInt64 = 0, space: Space = Space([]), spaceText: String? = nil,
    attributes: [String: String] = [:], recipe: StudyRecipe? = nil
  ) {
    self.directions = directions
    self.metrics = metrics
    self.sampler = sampler
    self.pruner = pruner
    self.seed = seed
    self.space = space
    self.spaceText = spaceText
    self.attributes = attributes
    self.recipe = recipe
  }
}

extension StudySettings {
  /// How far a complete trial breaks each rule, by what it has measured.
  func violations(of trial: TrialRecord) -> [Double] {
    var measured = trial.metrics
    // What a trial of another program took is what passed between its beginning and its end.
    if measured["seconds"] == nil { measured["seconds"] = trial.seconds }
    for (name, value) in zip(metrics, trial.values) { measured[name] = value }
    return space.violations(of: trial.point, measured: measured)
  }
}

/// A mistake in what a study is asked for.
package struct StudyError: Error, Sendable, Hashable, CustomStringConvertible {
  package var message: String
  package var hint: String?

  package init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }

  package var description: String { hint.map { message + " (" + $0 + ")" } ?? message }
}
