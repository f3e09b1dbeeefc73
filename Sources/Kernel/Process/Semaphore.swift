import Glibc

/// A counting semaphore of the C library: the cheapest way for one thread to wake another.
final class Semaphore: @unchecked Sendable {
  private let pointer: UnsafeMutablePointer<sem_t>

  init() {
    pointer = .allocate(capacity: 1)
    sem_init(pointer, 0, 0)
  }

  deinit {
    sem_destroy(pointer)
    pointer.deallocate()
  }

  func signal() { sem_post(pointer) }

  func wait() { while sem_wait(pointer) != 0 {} }

  /// False if nothing came in time. Looks once a millisecond: the system's own wait goes by the time of day, which may be set.
  func wait(milliseconds: Int) -> Bool {
    let deadline = ContinuousClock.now + .milliseconds(milliseconds)
    while sem_trywait(pointer) != 0 {
      if ContinuousClock.now >= deadline { return false }
      usleep(1000)
    }
    return true
  }
}
