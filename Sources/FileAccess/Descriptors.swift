import Glibc

/// The descriptors that this process may still open.
package enum Descriptors {
  /// Why so many are not to be had: "too many open files (ulimit -n is 256)"; nil if they are.
  ///
  /// What starts a program or opens a database through a library ends the process where one is refused: it is asked before.
  /// The numbers that are free are counted, none is taken: another thread may need it. O(open files + `count`).
  package static func refusal(of count: Int) -> String? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
    var free = 0
    var descriptor: Int32 = 0
    while free < count {
      guard descriptor < Int32(clamping: limit.rlim_cur) else {
        return FileError.reason(EMFILE) + " (ulimit -n is \(limit.rlim_cur))"
      }
      if fcntl(descriptor, F_GETFD) < 0 { free += 1 }
      descriptor += 1
    }
    return nil
  }
}
