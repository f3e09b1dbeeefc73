import Search

extension Study {
  /// What would be tried next, and why.
  package struct Preview: Sendable {
    package var number: Int
    package var point: Point
    package var reason: String?
  }

  /// The next configuration as `ask` would give it, without a trial being begun; nil if the sampler has nothing left. It costs what
  /// a suggestion costs. Throws what a suggestion throws.
  package func preview() throws -> Preview? {
    let (number, question) = gate.withLock { state in
      (state.nextNumber, state.question(state.nextNumber, .everything, nil))
    }
    if let refusal = gate.withLock({ $0.refusal }) { throw refusal }
    guard let suggestion = try choose(question) else { return nil }
    let isWaiting = gate.withLock { $0.required[number] != nil }
    let reason =
      isWaiting
      ? "it waits in the queue"
      : question.required != nil
        ? "from an earlier study" : question.sampler.reason(for: suggestion.point, question.request)
    return Preview(number: number, point: suggestion.point, reason: reason)
  }
}
