import CZeroMQ
import Glibc

/// Signals as something to poll (signalfd). While this lives, SIGINT, SIGTERM and SIGHUP are blocked in the calling
/// thread and in every thread that it starts afterwards, and arrive here instead.
final class Signals {
  static let interrupt = SIGINT

  let descriptor: Int32
  private var previous = sigset_t()

  init() {
    var mask = sigset_t()
    sigemptyset(&mask)
    for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&mask, signal) }
    pthread_sigmask(SIG_BLOCK, &mask, &previous)
    signal(SIGPIPE, SIG_IGN)
    descriptor = signalfd(-1, &mask, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
    precondition(descriptor >= 0, "no signal descriptor: the process is out of file descriptors")
  }

  deinit {
    close(descriptor)
    pthread_sigmask(SIG_SETMASK, &previous, nil)
  }

  /// The next signal that has arrived, or nil.
  func next() -> Int32? { Self.next(on: descriptor) }

  static func next(on descriptor: Int32) -> Int32? {
    var info = signalfd_siginfo()
    let size = MemoryLayout<signalfd_siginfo>.size
    guard read(descriptor, &info, size) == size else { return nil }
    return Int32(info.ssi_signo)
  }
}
