import Jupyter
import Synchronization

/// Where a running cell's outputs go: to the cell's subscribers, by way of the pacer and the mailbox. What a thread
/// writes after its cell has ended still bears that cell's name.
final class CellOutputs: CellOutput {
  private let parent: RequestHeader
  private let isSilent: Bool
  private let composer: Composer
  private let mailbox: Mailbox
  private let pacer = Mutex<(pacer: OutputPacer, isTimed: Bool)>((OutputPacer(), false))

  init(answering parent: RequestHeader, isSilent: Bool, composer: Composer, mailbox: Mailbox) {
    self.parent = parent
    self.isSilent = isSilent
    self.composer = composer
    self.mailbox = mailbox
  }

  func write(_ text: String, to stream: OutputStream) { pace { $0.write(text, to: stream, at: .now) } }
  func display(_ bundle: MIMEBundle, id: String?) { pace { $0.display(bundle, id: id, at: .now) } }
  func update(_ bundle: MIMEBundle, id: String) { pace { $0.update(bundle, id: id, at: .now) } }
  func clear(wait: Bool) { pace { $0.clear(wait: wait) } }

  /// Lets go of all that is held: before the cell's result, and before it asks for input.
  func flush() { pace { $0.flush() } }

  /// Sends what is due; the time to come again, if something is still held. Called by the I/O thread.
  func sendDue() -> ContinuousClock.Instant? {
    pacer.withLock { state in
      post(state.pacer.due(at: .now))
      state.isTimed = state.pacer.deadline != nil
      return state.pacer.deadline
    }
  }

  /// Messages are posted under the lock: two threads of one cell cannot overtake each other.
  private func pace(_ step: (inout OutputPacer) -> [Message]) {
    if isSilent { return }
    pacer.withLock { state in
      post(step(&state.pacer))
      if !state.isTimed, let deadline = state.pacer.deadline {
        state.isTimed = true
        mailbox.post(.timer(self, deadline))
      }
    }
  }

  private func post(_ messages: [Message]) {
    for message in messages {
      mailbox.post(.send(Parcel(channel: .iopub, frames: composer.publication(message, answering: parent))))
    }
  }
}
