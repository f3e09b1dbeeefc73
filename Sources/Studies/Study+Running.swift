extension Study {
  /// Whether a living process is running one of its trials, or is about to. Trials that a program outside has asked for do not
  /// count: nobody knows how long it takes. As far as the last look has seen.
  package var isBeingRun: Bool {
    gate.withLock { state in
      state.isSuggesting || !state.running.subtracting(state.asked).isEmpty
        || state.elsewhere.contains { number, one in
          state.records[number].state == .running && one.owner.isAsked != true && !one.owner.isGone(silentFor: nil)
        }
    }
  }
}
