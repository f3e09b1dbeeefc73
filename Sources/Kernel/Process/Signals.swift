import Glibc

/// Signals as something to poll. While this lives, SIGINT, SIGTERM and SIGHUP arrive at its descriptor.
///
/// A handler writes each into a pipe. Blocking them instead and reading a signalfd would miss those that a thread of a
/// library takes, started before this process could block anything.
final class Signals {
  static let interrupt = SIGINT
  private static let handled = [SIGINT, SIGTERM, SIGHUP]

  /// The pipe's end that the handler writes to: one for the process, as signals are.
  nonisolated(unsafe) private static var entrance: Int32 = -1

  let descriptor: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    precondition(pipe(&ends) == 0, "no pipe: the process is out of file descriptors")
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    descriptor = ends[0]
    Self.entrance = ends[1]
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { signal in
      let kept = errno
      var number = UInt8(truncatingIfNeeded: signal)
      write(Signals.entrance, &number, 1)
      errno = kept
    }
    action.sa_flags = SA_RESTART
    for signal in Self.handled { sigaction(signal, &action, nil) }
    signal(SIGPIPE, SIG_IGN)
  }

  deinit {
    for number in Self.handled { signal(number, SIG_DFL) }
    close(Self.entrance)
    close(descriptor)
  }

  /// The next signal that has arrived, or nil.
  func next() -> Int32? { Self.next(on: descriptor) }

  static func next(on descriptor: Int32) -> Int32? {
    var number: UInt8 = 0
    return read(descriptor, &number, 1) == 1 ? Int32(number) : nil
  }
}
