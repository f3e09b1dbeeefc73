import Glibc

/// A call of the system that failed: what was tried, and the system's reason.
package struct SystemError: Error, Sendable, CustomStringConvertible {
  package let description: String

  init(_ code: Int32) { description = String(cString: strerror(code)) }

  init(_ attempt: String, _ code: Int32) { description = "\(attempt): \(String(cString: strerror(code)))" }
}

/// The system has no thread for the kernel's work.
struct ThreadRefused: Error, CustomStringConvertible {
  var description: String {
    "cannot start a thread: Resource temporarily unavailable (a limit on processes, ulimit -u, or on memory, ulimit -v)"
  }
}
