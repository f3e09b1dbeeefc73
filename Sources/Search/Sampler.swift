import LinearAlgebra

/// What a sampler is asked: everything that a suggestion may depend on.
package struct SamplingRequest: Sendable {
  /// The number of the trial to suggest.
  package var number: Int
  package var space: Space
  package var directions: [Direction]
  /// Finished trials, and running ones as pending points without values, in order of their numbers.
  package var history: [Observation]
  /// The study's seed.
  package var seed: UInt64
  /// Counts the tries for one number: a suggestion that has been seen before is asked for again.
  package var attempt: Int
  /// How many trials the study is meant to have in all, where that is known.
  package var planned: Int?
  /// How many trials so far have a configuration of an earlier study: a sampler's own first trials come after them.
  package var transferred = 0

  package init(
    number: Int, space: Space, directions: [Direction], history: [Observation], seed: UInt64, attempt: Int = 0,
    planned: Int? = nil
  ) {
    self.number = number
    self.space = space
    self.directions = directions
    self.history = history
    self.seed = seed
    self.attempt = attempt
    self.planned = planned
  }

  /// The trial's number among those that the sampler has chosen.
  package var ownNumber: Int { max(0, number - transferred) }

  /// A random stream of this suggestion's own, by purpose.
  package func stream(_ purpose: String) -> RandomStream { RandomStream(seed: seed, purpose, number, attempt) }
}

/// A sampler's answer.
package struct Suggestion: Sendable {
  package var point: Point
  /// The trial whose weights this one goes on from (population-based training).
  package var parent: Int?

  package init(_ point: Point, parent: Int? = nil) {
    self.point = point
    self.parent = parent
  }
}

/// Chooses the next configuration from what earlier trials have shown: points in, points out.
///
/// A sampler is a pure function of the request, so a resumed study goes on as the unbroken one would have. (An
/// implementation may keep a cache, keyed by what it was computed from.)
package protocol Sampler: Sendable {
  /// nil: there is nothing left to suggest (a grid at its end).
  func suggest(_ request: SamplingRequest) -> Suggestion?

  /// Whether it is shown only the trials that the pruner holds comparable with the new one (a bracket of hyperband), because it
  /// cannot tell a value of few steps from one of many.
  var learnsFromComparable: Bool { get }

  /// What a configuration that it suggests is to its model, in a few words; nil if there is nothing to say.
  func reason(for point: Point, _ request: SamplingRequest) -> String?

  /// Whether it looks at the history at all; where not, it is given none, and a suggestion costs the same however long a study is.
  var looksBack: Bool { get }
}

extension Sampler {
  package var looksBack: Bool { true }
  package var learnsFromComparable: Bool { false }
  package func reason(for point: Point, _ request: SamplingRequest) -> String? { nil }
}

/// What a pruner is asked about a running trial.
package struct PruningRequest: Sendable {
  /// The running trial with its reports so far, the last of them just made.
  package var trial: Observation
  /// The trials that it may be compared with, in order of their numbers.
  package var history: [Observation]
  package var direction: Direction
  /// What assigns trials to brackets, with the trial's number: the study's seed as text.
  package var key: String
  /// How many steps a trial has that runs to its end, where that is known.
  package var steps: Int?

  package init(trial: Observation, history: [Observation], direction: Direction, key: String = "", steps: Int? = nil) {
    self.trial = trial
    self.history = history
    self.direction = direction
    self.key = key
    self.steps = steps
  }
}

/// Says whether a running trial is worth going on with: a pure function of its reports and the others'.
package protocol Pruner: Sendable {
  func shouldPrune(_ request: PruningRequest) -> Bool

  /// Those of the trials that stop at the same steps as trial `number` would; `steps` are a whole trial's, if they are known.
  func comparable(_ history: [Observation], with number: Int, key: String, steps: Int?) -> [Observation]

  /// Whether it looks at other trials at all; where not, it is shown none.
  var looksBack: Bool { get }
}

extension Pruner {
  package var looksBack: Bool { true }
  package func comparable(_ history: [Observation], with number: Int, key: String, steps: Int? = nil) -> [Observation] {
    history
  }
}
