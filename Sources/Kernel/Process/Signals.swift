import Glibc

/// Signals as something to poll. While this lives, those that ask to stop arrive at its descriptor.
///
/// A handler writes each into a pipe. Blocking them instead and reading a signalfd would miss those that a thread of a
/// library takes, started before this process could block anything. A signal that is ignored as the process starts stays
/// ignored: `nohup` and a script's background jobs ask for that.
final class Signals {
  static let interrupt = SIGINT
  /// A batch system's word that the time is almost over: the limit on processor time, and what a job may ask to be sent before.
  static let warnings = [SIGXCPU, SIGUSR1, SIGUSR2]
  private static let all = [SIGINT, SIGTERM, SIGHUP] + warnings

  /// The pipe's end that the handler writes to: one for the process, as signals are.
  nonisolated(unsafe) private static var entrance: Int32 = -1

  let descriptor: Int32
  private let handled: [Int32]

  init() throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw SystemError("cannot open a pipe", errno) }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    descriptor = ends[0]
    Self.entrance = ends[1]
    handled = Self.all.filter { !Self.isIgnored($0) }
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { signal in
      let kept = errno
      var number = UInt8(truncatingIfNeeded: signal)
      write(Signals.entrance, &number, 1)
      errno = kept
    }
    action.sa_flags = SA_RESTART
    for signal in handled { sigaction(signal, &action, nil) }
  }

  deinit {
    for number in handled { signal(number, SIG_DFL) }
    close(Self.entrance)
    close(descriptor)
  }

  private static func isIgnored(_ signal: Int32) -> Bool {
    var present = sigaction()
    sigaction(signal, nil, &present)
    return unsafeBitCast(present.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Ends a wait for the descriptor without a signal.
  func wake() {
    var nothing: UInt8 = 0
    write(Self.entrance, &nothing, 1)
  }

  /// The next signal that has arrived, or nil.
  func next() -> Int32? { Self.next(on: descriptor) }

  static func next(on descriptor: Int32) -> Int32? {
    var number: UInt8 = 0
    return read(descriptor, &number, 1) == 1 ? Int32(number) : nil
  }

  /// "SIGXCPU", or the number of one without a name here.
  static func name(of signal: Int32) -> String {
    switch signal {
    case SIGXCPU: "SIGXCPU (the limit on processor time)"
    case SIGUSR1: "SIGUSR1"
    case SIGUSR2: "SIGUSR2"
    default: "signal \(signal)"
    }
  }
}
