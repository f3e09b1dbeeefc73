import FoundationEssentials

/// The heartbeats of trials that run elsewhere, as they were first seen here.
///
/// A heartbeat is a date of the storage's clock. How old it is when it is first seen is told by dates; from then on it ages by a
/// clock that cannot be set, so that nobody's trial is taken for lost because a clock was.
package struct HeartbeatLog {
  private var seen: [Int: (heartbeat: Date, age: Double, at: ContinuousClock.Instant)] = [:]

  package init() {}

  /// Seconds since the owner of trial `number` was heard of.
  package mutating func age(
    of number: Int, _ heartbeat: Date, today: Date = Date(), now: ContinuousClock.Instant = .now
  ) -> Double {
    if let known = seen[number], known.heartbeat == heartbeat { return known.age + (now - known.at) / .seconds(1) }
    let age = today.timeIntervalSince(heartbeat)
    seen[number] = (heartbeat, age, now)
    return age
  }
}
