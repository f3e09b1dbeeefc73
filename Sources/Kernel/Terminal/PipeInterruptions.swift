import Glibc
import Jupyter
import Synchronization

/// SIGINT as an interrupt of the cell that runs, if one does; SIGTERM and SIGHUP end the program.
final class PipeInterruptions {
  private let signals: Signals
  private let worker = Worker()
  private let stopped = Interruption()
  private let running = RunningCell()

  /// Nil where the system has no thread or pipe for it: SIGINT then ends the program.
  init?() {
    guard let signals = try? Signals() else { return nil }
    self.signals = signals
    let (descriptor, stopped, running) = (signals.descriptor, stopped, running)
    let isWatching = worker.submit {
      var item = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      while !stopped.isRaised {
        guard poll(&item, 1, -1) > 0, let signal = Signals.next(on: descriptor), signal != 0 else { continue }
        guard signal == Signals.interrupt || Signals.warnings.contains(signal) else { _exit(128 + signal) }
        running.interruption.withLock { $0?.raise() }
      }
    }
    if !isWatching { return nil }
  }

  /// The interruption of a cell that begins now.
  func begin() -> Interruption {
    let interruption = Interruption()
    running.interruption.withLock { $0 = interruption }
    return interruption
  }

  func end() { running.interruption.withLock { $0 = nil } }

  func stop() {
    stopped.raise()
    signals.wake()
    worker.stop()
    worker.join()
  }
}

private final class RunningCell: Sendable {
  let interruption = Mutex<Interruption?>(nil)
}
