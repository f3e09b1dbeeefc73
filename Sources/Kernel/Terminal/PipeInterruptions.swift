import Glibc
import Jupyter
import Synchronization

/// SIGINT as an interrupt of the cell that runs, if one does; SIGTERM and SIGHUP end the program.
final class PipeInterruptions {
  private let signals = Signals()
  private let worker = Worker()
  private let stopped = Interruption()
  private let running: RunningCell

  init() {
    let running = RunningCell()
    self.running = running
    let (descriptor, stopped) = (signals.descriptor, stopped)
    worker.submit {
      var item = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      while !stopped.isRaised {
        guard poll(&item, 1, 100) > 0, let signal = Signals.next(on: descriptor) else { continue }
        guard signal == Signals.interrupt else { _exit(128 + signal) }
        running.interruption.withLock { $0?.raise() }
      }
    }
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
    worker.stop()
    _ = worker.join(milliseconds: 500)
  }
}

private final class RunningCell: Sendable {
  let interruption = Mutex<Interruption?>(nil)
}
