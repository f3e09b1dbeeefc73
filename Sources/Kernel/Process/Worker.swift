import Glibc
import Synchronization

/// A thread that does one piece of work after another, in the order given. It starts with the first piece: a client may
/// make many subshells that it never uses.
final class Worker: Sendable {
  typealias Work = @Sendable () -> Void

  /// Room for a deeply nested expression's recursion.
  private static let stackSize = 16 << 20

  private let queue = Mutex<(work: [Work], hasThread: Bool, isStopped: Bool)>(([], false, false))
  private let wake = Semaphore()
  private let ended = Semaphore()

  init() {}

  func submit(_ work: @escaping Work) {
    let isFirst = queue.withLock { queue in
      queue.work.append(work)
      defer { queue.hasThread = true }
      return !queue.hasThread
    }
    if isFirst { start() }
    wake.signal()
  }

  /// Lets the thread end once its present work is done; what waits is dropped.
  func stop() {
    queue.withLock { $0.isStopped = true }
    wake.signal()
  }

  /// Waits for the thread to end after `stop`; false if it has not in time.
  func join(milliseconds: Int) -> Bool { ended.wait(milliseconds: milliseconds) }

  private func start() {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, Self.stackSize)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self).toOpaque()
    let status = pthread_create(
      &thread, &attributes,
      { context in
        let worker = Unmanaged<Worker>.fromOpaque(context!).takeRetainedValue()
        let stack = CrashReport.prepareThread()
        worker.loop()
        CrashReport.releaseThread(stack)
        worker.ended.signal()
        return nil
      }, context)
    pthread_attr_destroy(&attributes)
    precondition(status == 0, "no thread: the process is out of them")
  }

  private func loop() {
    while true {
      wake.wait()
      let next = queue.withLock { queue -> Work? in
        queue.isStopped || queue.work.isEmpty ? nil : queue.work.removeFirst()
      }
      guard let next else { return }
      next()
    }
  }
}
