import Glibc
import Jupyter

/// Turns the first Ctrl-C into an interrupt and lets the second one end the process.
final class InterruptWatcher {
  private let signals: Signals
  private let worker = Worker()
  private let stopped = Interruption()

  /// Nil where the system has no thread or pipe for it: Ctrl-C then ends the process, as it does without a watcher.
  init?(raising interruption: Interruption) {
    guard let signals = try? Signals() else { return nil }
    self.signals = signals
    let (descriptor, stopped) = (signals.descriptor, stopped)
    let isWatching = worker.submit {
      var item = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      while !stopped.isRaised {
        guard poll(&item, 1, -1) > 0, let signal = Signals.next(on: descriptor), signal != 0 else { continue }
        if Signals.warnings.contains(signal) {
          KernelProcess.complain("attune: \(Signals.name(of: signal)) arrived; stopping")
          // It may come every second.
          if interruption.isRaised { continue }
        }
        // A scheduler's SIGTERM asks for the same as Ctrl-C: stop, and keep what is done.
        if interruption.isRaised { _exit(130) }
        interruption.raise()
      }
    }
    if !isWatching { return nil }
  }

  func stop() {
    stopped.raise()
    signals.wake()
    worker.stop()
    worker.join()
  }
}
