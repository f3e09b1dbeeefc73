import CZeroMQ
import Glibc

/// What every command of the program does first: makes sure that the system's refusals arrive as errors.
package enum ProcessStart {
  package static func prepare() {
    openStandardDescriptors()
    returnWriteErrors()
    saveAddressSpace()
  }

  /// The C library reserves 128 MB of addresses for each thread that allocates: under a limit (`ulimit -v`) that leaves none for
  /// further threads, whatever is really used.
  private static func saveAddressSpace() {
    if isMemoryLimited { mallopt(M_ARENA_MAX, 1) }
  }

  static var isMemoryLimited: Bool {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    return limit.rlim_cur != .max
  }

  /// A standard descriptor that the launcher closed gets a place holder: the next file opened would have its number, and what is
  /// said on standard error would go into that file. Nothing can be read from the place holder or written to it.
  private static func openStandardDescriptors() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// A pipe without a reader and a file over the limit (`ulimit -f`) end a process by default. With a handler the write fails with
  /// EPIPE or EFBIG; unlike an ignored signal, a handled one is back to its default in the programs that are started from here.
  private static func returnWriteErrors() {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in }
    action.sa_flags = SA_RESTART
    for number in [SIGPIPE, SIGXFSZ] { sigaction(number, &action, nil) }
  }
}
