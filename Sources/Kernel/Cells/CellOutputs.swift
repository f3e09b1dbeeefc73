import Glibc
import Jupyter
import Synchronization

/// Where a running cell's outputs go: to the cell's subscribers, by way of the pacer and the mailbox. What a thread
/// writes after its cell has ended still bears that cell's name.
final class CellOutputs: CellOutput {
  private let parent: RequestHeader
  private let isSilent: Bool
  private let composer: Composer
  private let mailbox: Mailbox
  private let interruption: Interruption
  private let widgets: WidgetBoard
  private let controls = Mutex<[WidgetControl]>([])
  private let pacer = Mutex<(pacer: OutputPacer, isTimed: Bool)>((OutputPacer(), false))

  init(
    answering parent: RequestHeader, isSilent: Bool, composer: Composer, mailbox: Mailbox, interruption: Interruption,
    widgets: WidgetBoard
  ) {
    self.parent = parent
    self.isSilent = isSilent
    self.composer = composer
    self.mailbox = mailbox
    self.interruption = interruption
    self.widgets = widgets
  }

  /// A long text leaves in pieces, so that it can wait for its readers.
  func write(_ text: String, to stream: OutputStream) {
    var rest = text[...]
    while rest.utf8.count > OutputPacer.fullText {
      var end = rest.utf8.index(rest.startIndex, offsetBy: OutputPacer.fullText)
      while end.samePosition(in: text.unicodeScalars) == nil { end = rest.utf8.index(before: end) }
      let piece = String(rest[..<end])
      pace { $0.write(piece, to: stream, at: .now) }
      rest = rest[end...]
    }
    let last = String(rest)
    pace { $0.write(last, to: stream, at: .now) }
  }

  func display(_ bundle: MIMEBundle, id: String?) { pace { $0.display(bundle, id: id, at: .now) } }
  func update(_ bundle: MIMEBundle, id: String) { pace { $0.update(bundle, id: id, at: .now) } }
  func clear(wait: Bool) { pace { $0.clear(wait: wait) } }

  func control(button: String) -> (any CellControl)? {
    guard !isSilent, widgets.hasManager else { return nil }
    let control = WidgetControl(button: button, on: widgets) { [weak self] messages in
      self?.pace { $0.takeText() + messages }
    }
    controls.withLock { $0.append(control) }
    return control
  }

  /// The cell is over: what it holds leaves, and no control of it stays.
  func end() {
    for control in controls.withLock({ $0 }) { control.close() }
    flush()
  }

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
    waitForReaders()
    pacer.withLock { state in
      post(step(&state.pacer))
      if !state.isTimed, let deadline = state.pacer.deadline {
        state.isTimed = true
        mailbox.post(.timer(self, deadline))
      }
    }
  }

  /// A cell that writes faster than its subscribers read waits for them, outside of the lock that the I/O thread needs.
  private func waitForReaders() {
    while mailbox.isFull, !interruption.isRaised { usleep(1000) }
  }

  private func post(_ messages: [Message]) {
    for message in messages {
      mailbox.post(.send(Parcel(channel: .iopub, frames: composer.publication(message, answering: parent))))
    }
  }
}
