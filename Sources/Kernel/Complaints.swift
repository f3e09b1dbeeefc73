import Logging

/// Keeps a flood of bad messages from becoming a flood in the log: ten lines in ten seconds, then a count.
struct Complaints {
  private var windowStart = ContinuousClock.now
  private var count = 0

  mutating func note(_ text: String, to logger: Logger) {
    let now = ContinuousClock.now
    if now - windowStart > .seconds(10) {
      if count > 10 { logger.warning("\(count - 10) more messages were dropped") }
      windowStart = now
      count = 0
    }
    count += 1
    if count <= 10 { logger.warning("\(text)") }
  }
}
