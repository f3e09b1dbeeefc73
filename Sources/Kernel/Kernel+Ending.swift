import Glibc
import Jupyter

/// Why a kernel ends.
enum EndReason {
  case requested(Request, restart: Bool)
  case terminated
  case abandoned
}

/// An end under way: the running cells have been interrupted and get a moment to stop.
struct Ending {
  var reasons: [EndReason]
  var deadline: ContinuousClock.Instant
}

extension Kernel {
  /// Interrupts what runs, refuses what waits, and ends as soon as all is quiet, or in a second.
  func end(_ reason: EndReason) {
    if ending != nil {
      ending!.reasons.append(reason)
      return
    }
    ending = Ending(reasons: [reason], deadline: .now + .seconds(1))
    for shell in allShells {
      shell.interrupt()
      carryOut(shell.queue.close(), on: shell)
    }
    interruptAll()
  }

  func continueEnding(at now: ContinuousClock.Instant) {
    guard let ending, allShells.allSatisfy({ $0.running == nil }) || now >= ending.deadline else { return }
    for case .requested(let request, let restart) in ending.reasons {
      reply(.shutdownReply(restart: restart), to: request)
      publish(.shutdownReply(restart: restart), answering: request.header)
      publish(.status(.idle), answering: request.header)
    }
    isOver = true
  }

  /// Called after the loop. A cell that does not heed its interrupt is left behind with the process.
  func finishEnding() -> Int32 {
    clerk.stop()
    for shell in allShells { shell.history.save() }
    // libzmq leaves the files of ipc sockets behind.
    for file in Channel.allCases.compactMap({ connection.file(of: $0) }) { unlink(file) }
    for shell in allShells { shell.worker.stop() }
    if allShells.allSatisfy({ $0.running == nil }) { interpreter.shutdown() }
    if case .abandoned? = ending?.reasons.first { return 1 }
    return 0
  }
}
