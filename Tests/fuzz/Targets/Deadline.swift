/// A point in time after which an input's work is interrupted, as a person would.
struct Deadline: Sendable {
  private let end: ContinuousClock.Instant

  init(seconds: Double) { end = .now + .seconds(seconds) }

  @Sendable func hasPassed() -> Bool { .now > end }
}
