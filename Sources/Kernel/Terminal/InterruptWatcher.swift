import Glibc
import Jupyter

/// Turns the first Ctrl-C into an interrupt and lets the second one end the process. After SIGTERM or SIGHUP the process ends by
/// itself if what runs has not ended within `grace`: nobody is there to ask twice.
final class InterruptWatcher {
  private let signals: Signals
  private let worker = Worker()
  private let stopped = Interruption()
  /// Enough to give running trials back to a storage; less than the ten seconds after which container engines kill.
  private static let grace = Duration.seconds(5)

  /// Nil where the system has no thread or pipe for it: Ctrl-C then ends the process, as it does without a watcher.
  init?(raising interruption: Interruption) {
    guard let signals = try? Signals() else { return nil }
    self.signals = signals
    let (descriptor, stopped) = (signals.descriptor, stopped)
    let isWatching = worker.submit {
      var item = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      var last: ContinuousClock.Instant?
      while !stopped.isRaised {
        let milliseconds = last.map { max(0, Int32(($0 - .now) / .milliseconds(1))) } ?? -1
        let count = poll(&item, 1, milliseconds)
        if count == 0, !stopped.isRaised {
          KernelProcess.complain(
            "attune: what runs has not ended within \(Self.grace.components.seconds) seconds after it was asked to; ending"
          )
          _exit(130)
        }
        guard count > 0, let signal = Signals.next(on: descriptor), signal != 0 else { continue }
        if signal == SIGTERM || signal == SIGHUP { last = last ?? .now + Self.grace }
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
