import Jupyter
import Synchronization

/// A running cell's way to ask its client for a line, on the stdin socket, under the identity of the cell's request.
final class InputGate: CellInput {
  private let request: Request
  private let outputs: CellOutputs
  private let interruption: Interruption
  private let composer: Composer
  private let mailbox: Mailbox
  private let state = Mutex<(isWaiting: Bool, line: String?)>((false, nil))
  private let arrived = Semaphore()

  init(for request: Request, outputs: CellOutputs, interruption: Interruption, composer: Composer, mailbox: Mailbox) {
    self.request = request
    self.outputs = outputs
    self.interruption = interruption
    self.composer = composer
    self.mailbox = mailbox
  }

  var isWaiting: Bool { state.withLock { $0.isWaiting } }

  /// Waits in slices, so that an interrupt is noticed.
  func read(prompt: String, isPassword: Bool) throws(Failure) -> String {
    outputs.flush()
    state.withLock { $0 = (true, nil) }
    defer { state.withLock { $0 = (false, nil) } }
    let message = Message.inputRequest(prompt: prompt, password: isPassword)
    let frames = composer.frames(message, answering: request.header, to: request.identities)
    mailbox.post(.send(Parcel(channel: .stdin, frames: frames)))
    while true {
      if interruption.isRaised { throw .interrupted("while waiting for input") }
      guard arrived.wait(milliseconds: 20), let line = state.withLock({ $0.line }) else { continue }
      if line == "\u{4}" {
        throw Failure(name: "EOFError", message: "the input ended", traceback: ["EOFError: the input ended"])
      }
      return line
    }
  }

  /// Hands over a line; one that nobody waits for, a leftover of an earlier question, is dropped.
  func deliver(_ line: String) {
    let isWanted = state.withLock { state in
      guard state.isWaiting, state.line == nil else { return false }
      state.line = line
      return true
    }
    if isWanted { arrived.signal() }
  }
}
