import Synchronization

/// What could not be read of a storage: each finding once, in words, until someone takes it to say it.
final class DamageList: Sendable {
  private struct State {
    var known: Set<String> = []
    var untold: [String] = []
  }
  private let state = Mutex(State())
  /// More findings than anyone reads are only counted.
  private static let limit = 10_000

  func add(_ finding: String) {
    state.withLock { state in
      guard state.known.count < Self.limit, state.known.insert(finding).inserted else { return }
      state.untold.append(finding)
    }
  }

  /// The new findings; of many the first, and how many more there are.
  func take(of place: String) -> [String] {
    let found = state.withLock { state in
      defer { state.untold = [] }
      return state.untold
    }
    let shown = found.prefix(Self.shown).map { "'\(place)' is damaged: " + $0 }
    let rest = found.count - shown.count
    return rest > 0 ? shown + ["'\(place)' is damaged in \(rest) more place\(rest == 1 ? "" : "s")"] : shown
  }

  private static let shown = 4
}
