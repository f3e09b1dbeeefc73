import Jupyter

extension Kernel {
  /// Sends a message to every subscriber.
  func publish(_ message: Message, answering parent: RequestHeader?) {
    deliver(composer.publication(message, answering: parent), on: .iopub)
  }

  /// Ends what a request has caused.
  func publishIdle(answering parent: RequestHeader) {
    publish(.status(.idle), answering: parent)
    repeatBusy()
  }

  /// Says again that the kernel is busy, if it is. Front ends show the status that they heard last, whoever asked, and a
  /// server may end a kernel that has long been idle: a question answered beside a training must not leave that behind.
  func repeatBusy() {
    guard let cell = runningCell else { return }
    publish(.status(.busy), answering: cell)
  }

  /// The request of a cell that runs, in whichever shell.
  private var runningCell: RequestHeader? { allShells.lazy.compactMap(\.running).first?.request.header }

  func reply(_ message: Message, to request: Request) {
    deliver(composer.frames(message, answering: request.header, to: request.identities), on: request.channel)
  }

  func deliver(_ parcel: Parcel) { deliver(parcel.frames, on: parcel.channel) }

  func deliver(_ frames: [WireMessage.Frame], on channel: Channel) {
    // A subscriber must hear its welcome before anything else. libzmq lets subscriptions in when the socket is read,
    // so reading it right before each publication leaves no gap.
    if channel == .iopub { greetSubscribers() }
    send(frames, on: channel)
  }

  private func send(_ frames: [WireMessage.Frame], on channel: Channel) {
    do {
      if channel == .iopub {
        if outbox.isEmpty, try channels.send(frames, on: .iopub) { return }
        outbox.append(frames, at: .now)
        noteWaiting()
      } else {
        try channels.send(frames, on: channel)
      }
    } catch { complaints.note("\(channel.rawValue): \(error)", to: logger) }
  }

  /// Sends what the subscribers had no room for.
  func flushOutbox(at now: ContinuousClock.Instant) {
    guard !outbox.isEmpty else { return }
    let isAwake = outbox.flush(at: now, isFull: mailbox.isFull) { frames, isDropping in
      do {
        guard isDropping else { return try channels.send(frames, on: .iopub) }
        try channels.publishDropping(frames)
      } catch { complaints.note("iopub: \(error)", to: logger) }
      return true
    }
    noteWaiting()
    // Who has lost messages has perhaps lost the last status.
    if isAwake { publish(.status(runningCell == nil ? .idle : .busy), answering: runningCell) }
  }

  private func noteWaiting() { mailbox.waitingBehind.store(outbox.bytes, ordering: .relaxed) }

  /// Welcomes each new subscription, and says what the kernel is doing: a front end that comes later, to a kernel that
  /// was restarted or trains, has no other way to know. Subscribers may write whatever they like upstream; what is not a
  /// subscription to a text is ignored.
  func greetSubscribers() {
    while let frames = receive(.iopub) {
      guard frames.count == 1, frames[0].first == 1,
        let topic = String(validating: frames[0].dropFirst(), as: UTF8.self)
      else { continue }
      hasListener = true
      let welcome = Message.iopubWelcome(subscription: topic)
      send(composer.frames(welcome, answering: nil, to: [Array(topic.utf8)]), on: .iopub)
      let cell = runningCell
      send(composer.publication(.status(cell == nil ? .idle : .busy), answering: cell), on: .iopub)
    }
  }
}
