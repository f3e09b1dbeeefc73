import Glibc

/// The descriptors that this process may still open.
package enum Descriptors {
  /// Why so many are not to be had: "too many open files (ulimit -n is 256)"; nil if they are.
  ///
  /// What starts a program or opens a database through a library ends the process where one is refused: it is asked before.
  package static func refusal(of count: Int) -> String? {
    var opened: [Int32] = []
    defer { for descriptor in opened { close(descriptor) } }
    for _ in 0..<count {
      let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
      guard descriptor < 0 else {
        opened.append(descriptor)
        continue
      }
      // Where there is no such device, nothing is known of descriptors.
      let code = errno
      guard code == EMFILE || code == ENFILE else { return nil }
      var limit = rlimit()
      getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      return FileError.reason(code) + (limit.rlim_cur == .max ? "" : " (ulimit -n is \(limit.rlim_cur))")
    }
    return nil
  }
}
