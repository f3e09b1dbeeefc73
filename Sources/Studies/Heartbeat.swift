import Foundation
import Storage

/// While a run lasts on a storage that others see: says that its trials live, and takes back those of owners that are gone.
final class Heartbeat: Sendable {
  private let isOver = Gate(false)

  init(_ study: Study) {
    if study.storage is MemoryStorage { return }
    let isOver = isOver
    let thread = Thread {
      var last = Date()
      while true {
        let over = isOver.wait(atLeastEvery: 1) { over -> Bool? in
          over ? true : (Date().timeIntervalSince(last) >= TrialOwner.heartbeatInterval ? false : nil)
        }
        if over { return }
        last = Date()
        // A storage that is busy for a while is asked again at the next beat.
        try? study.gate.change { state in
          try study.storage.beat(state.running.map { state.ids[$0] })
          try study.reclaim(&state)
        }
      }
    }
    thread.name = "study heartbeat"
    thread.start()
  }

  func end() { isOver.change { $0 = true } }
}
