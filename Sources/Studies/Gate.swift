#if canImport(Glibc)
  import Glibc
#endif

/// A lock around a value with a condition to wait on: what several threads of one study share.
///
/// Waiting is measured by the monotonic clock (Foundation's condition has the wall clock, which can be set back by hours).
final class Gate<Value>: @unchecked Sendable {
  // The value is touched only between lock() and unlock().
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var value: Value

  init(_ value: sending Value) {
    self.value = value
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body(&value)
  }

  /// Changes the value and wakes all who wait.
  func change<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    pthread_mutex_lock(mutex)
    defer {
      pthread_cond_broadcast(condition)
      pthread_mutex_unlock(mutex)
    }
    return try body(&value)
  }

  /// Asks again after every change, and at least every `seconds`, until the answer is not nil.
  func wait<Result>(atLeastEvery seconds: Double = 0.02, _ body: (inout Value) throws -> Result?) rethrows -> Result {
    pthread_mutex_lock(mutex)
    defer {
      pthread_cond_broadcast(condition)
      pthread_mutex_unlock(mutex)
    }
    while true {
      if let result = try body(&value) { return result }
      var limit = timespec()
      clock_gettime(CLOCK_MONOTONIC, &limit)
      let nanoseconds = limit.tv_nsec + Int(seconds * 1e9)
      limit.tv_sec += nanoseconds / 1_000_000_000
      limit.tv_nsec = nanoseconds % 1_000_000_000
      pthread_cond_timedwait(condition, mutex, &limit)
    }
  }
}
