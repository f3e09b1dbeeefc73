import Foundation

/// A lock around a value with a condition to wait on: what several threads of one study share.
final class Gate<Value>: @unchecked Sendable {
  // The value is touched only between lock() and unlock().
  private let condition = NSCondition()
  private var value: Value

  init(_ value: sending Value) { self.value = value }

  func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    condition.lock()
    defer { condition.unlock() }
    return try body(&value)
  }

  /// Changes the value and wakes all who wait.
  func change<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    condition.lock()
    defer {
      condition.broadcast()
      condition.unlock()
    }
    return try body(&value)
  }

  /// Asks again after every change, and at least every `seconds`, until the answer is not nil.
  func wait<Result>(atLeastEvery seconds: Double = 0.02, _ body: (inout Value) throws -> Result?) rethrows -> Result {
    condition.lock()
    defer {
      condition.broadcast()
      condition.unlock()
    }
    while true {
      if let result = try body(&value) { return result }
      _ = condition.wait(until: Date(timeIntervalSinceNow: seconds))
    }
  }
}
