import Glibc
import Synchronization

/// A thread that does one piece of work after another, in the order given. It starts with the first piece: a client may
/// make many subshells that it never uses. Whether there is one can only be asked of the system: a limit may be reached at any time.
final class Worker: Sendable {
  typealias Work = @Sendable () -> Void

  /// Room for a deeply nested expression's recursion.
  private static let stackSize = 16 << 20

  private let queue = Mutex<(work: [Work], hasThread: Bool, isStopped: Bool)>(([], false, false))
  private let wake = Semaphore()
  private let ended = Semaphore()

  init() {}

  /// False if the system refuses the thread; the work is then not done.
  @discardableResult
  func submit(_ work: @escaping Work) -> Bool {
    guard start() else { return false }
    queue.withLock { $0.work.append(work) }
    wake.signal()
    return true
  }

  /// Starts the thread before there is work for it; false if the system refuses it.
  func start() -> Bool {
    queue.withLock { queue in
      if !queue.hasThread { queue.hasThread = startThread() }
      return queue.hasThread
    }
  }

  /// Lets the thread end once its present work is done; what waits is dropped.
  func stop() {
    queue.withLock { $0.isStopped = true }
    wake.signal()
  }

  /// Waits for a started thread to end after `stop`.
  func join() { ended.wait() }

  private func startThread() -> Bool {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, Self.stackSize)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self)
    let status = pthread_create(
      &thread, &attributes,
      { context in
        let worker = Unmanaged<Worker>.fromOpaque(context!).takeRetainedValue()
        let stack = CrashReport.prepareThread()
        worker.loop()
        CrashReport.releaseThread(stack)
        worker.ended.signal()
        return nil
      }, context.toOpaque())
    pthread_attr_destroy(&attributes)
    if status != 0 { context.release() }
    return status == 0
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
