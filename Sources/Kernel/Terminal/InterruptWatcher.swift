import Glibc
import Jupyter

/// Turns the first Ctrl-C into an interrupt and lets the second one end the process.
final class InterruptWatcher {
  private let signals = Signals()
  private let worker = Worker()
  private let stopped = Interruption()

  init(raising interruption: Interruption) {
    let (descriptor, stopped) = (signals.descriptor, stopped)
    worker.submit {
      var item = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      while !stopped.isRaised {
        guard poll(&item, 1, 100) > 0 else { continue }
        // A scheduler's SIGTERM asks for the same as Ctrl-C: stop, and keep what is done.
        guard Signals.next(on: descriptor) != nil, !interruption.isRaised else { _exit(130) }
        interruption.raise()
      }
    }
  }

  func stop() {
    stopped.raise()
    worker.stop()
    _ = worker.join(milliseconds: 500)
  }
}
