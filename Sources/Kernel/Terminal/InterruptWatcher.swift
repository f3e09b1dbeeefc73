import Glibc
import Jupyter

/// Turns the first Ctrl-C into an interrupt and lets the second one end the process.
final class InterruptWatcher {
  private let signals: Signals
  private let worker = Worker()
  private let stopped = Interruption()

  /// How long what runs may take to end after SIGTERM: less than the ten seconds that containers and `timeout -k` leave.
  private static let grace: Int32 = 8000

  /// Nil where the system has no thread or pipe for it: Ctrl-C then ends the process, as it does without a watcher.
  init?(raising interruption: Interruption) {
    guard let signals = try? Signals() else { return nil }
    self.signals = signals
    let (descriptor, stopped) = (signals.descriptor, stopped)
    let isWatching = worker.submit {
      var item = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      var patience: Int32 = -1
      while !stopped.isRaised {
        let count = poll(&item, 1, patience)
        if count == 0 {
          KernelProcess.complain("attune: SIGTERM arrived, and what was running has not ended since")
          _exit(128 + SIGTERM)
        }
        guard count > 0, let signal = Signals.next(on: descriptor), signal != 0 else { continue }
        if Signals.warnings.contains(signal) {
          KernelProcess.complain("attune: \(Signals.name(of: signal)) arrived; stopping")
          // It may come every second.
          if interruption.isRaised { continue }
        }
        // A scheduler's SIGTERM asks for the same as Ctrl-C: stop, and keep what is done.
        if interruption.isRaised { _exit(130) }
        interruption.raise()
        if signal == SIGTERM { patience = Self.grace }
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
