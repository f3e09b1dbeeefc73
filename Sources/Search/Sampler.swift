import LinearAlgebra

/// Chooses the next configuration from what earlier trials have shown: points in, points out.
///
/// A sampler is a pure function of the space, the history and the random stream, so a resumed study goes on as the
/// unbroken one would have. (An implementation may keep a cache, keyed by what it was computed from.)
package protocol Sampler: Sendable {
  /// `history` holds finished trials, and running ones as pending points without values, in order of their numbers.
  func suggest(
    number: Int, space: Space, directions: [Direction], history: [Observation], random: inout RandomStream
  ) -> Point
}

/// Says whether a running trial is worth going on with: a pure function of its reports and the others'.
package protocol Pruner: Sendable {
  func shouldPrune(_ trial: Observation, history: [Observation], direction: Direction) -> Bool
}
