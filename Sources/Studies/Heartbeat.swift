import LinearAlgebra
import Storage

/// While a run lasts on a storage that others see: says that its trials live, and takes back those of owners that are gone.
final class Heartbeat: Sendable {
  private let isOver = Gate(false)

  init(_ study: Study) {
    if study.storage is MemoryStorage { return }
    let isOver = isOver
    // Without a thread the trials count as lost after a while, and others may run them again: better than not to run.
    _ = SystemThread.start(stackSize: 1 << 20) {
      for look in 1... {
        let next = ContinuousClock.now + Self.interval
        if isOver.wait(atLeastEvery: 1, { $0 ? true : (ContinuousClock.now >= next ? false : nil) }) { return }
        // A storage that is busy for a while is asked again at the next beat.
        try? study.gate.change { state in
          let beats = look % Self.looksPerBeat == 0
          if beats { try study.storage.beat(state.running.sorted().map { state.ids[$0] }) }
          try study.reclaim(&state, near: !beats)
        }
      }
    }
  }

  /// The time between two looks for processes of this host that have ended, which cost no query; every tenth is a beat, and a look
  /// at the beats of other hosts.
  private static let interval = Duration.seconds(2)
  private static let looksPerBeat = 10

  func end() { isOver.change { $0 = true } }
}
