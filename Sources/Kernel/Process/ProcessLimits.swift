import Glibc
import Synchronization

/// What a kernel takes from the system before it can serve, tried out beforehand: libzmq ends the process where it is refused a
/// thread or a descriptor, and no launcher's log would say why.
struct ProcessLimits {
  /// Two threads of libzmq's and one that runs cells.
  static let threads = 3
  /// Sockets, their wake-ups, and one client's connections.
  static let descriptors = 40

  /// What could not be had, and the limit that may be the reason.
  struct Refused: Error, CustomStringConvertible {
    var description: String
  }

  static func check() throws(Refused) {
    if let code = refusalOfDescriptors() {
      throw Refused(
        description: "cannot open \(descriptors) files: \(String(cString: strerror(code)))"
          + " (\(limit(RLIMIT_NOFILE, "ulimit -n")))")
    }
    if !areThreadsToBeHad() {
      throw Refused(
        description: "cannot start \(threads) threads: Resource temporarily unavailable"
          + " (\(limit(__RLIMIT_NPROC, "ulimit -u")); \(limit(RLIMIT_AS, "ulimit -v", unit: " bytes")))")
    }
  }

  private static func refusalOfDescriptors() -> Int32? {
    var opened: [Int32] = []
    defer { for descriptor in opened { close(descriptor) } }
    for _ in 0..<descriptors {
      let descriptor = dup(STDERR_FILENO)
      if descriptor < 0 { return errno }
      opened.append(descriptor)
    }
    return nil
  }

  private static func areThreadsToBeHad() -> Bool {
    let before = threadsNow()
    let workers = (0..<threads).map { _ in Worker() }
    let started = workers.prefix { $0.start() }
    for worker in started {
      worker.stop()
      worker.join()
    }
    // A thread that has said its last word counts until the system has cleared it away.
    var looks = 0
    while threadsNow() > before, looks < 1000 {
      usleep(100)
      looks += 1
    }
    return started.count == threads
  }

  /// The threads of this process; 0 where there is no /proc to say so.
  private static func threadsNow() -> Int {
    guard let directory = opendir("/proc/self/task") else { return 0 }
    defer { closedir(directory) }
    var count = 0
    while readdir(directory) != nil { count += 1 }
    return count
  }

  /// "ulimit -n is 20".
  private static func limit(_ resource: __rlimit_resource, _ name: String, unit: String = "") -> String {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(resource.rawValue), &limit)
    return "\(name) is " + (limit.rlim_cur == rlim_t.max ? "unlimited" : "\(limit.rlim_cur)\(unit)")
  }
}
