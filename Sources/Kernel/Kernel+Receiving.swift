import Jupyter

extension Kernel {
  /// Sends every heartbeat back as it came.
  func echoHeartbeats() {
    for _ in 0..<64 {
      guard let frames = receive(.heartbeat) else { return }
      if !frames.isEmpty { deliver(frames, on: .heartbeat) }
    }
  }

  /// Takes in what has arrived on a channel. A bound keeps one busy client from starving the others.
  func serve(_ channel: Channel, atMost limit: Int) {
    for _ in 0..<limit {
      guard let frames = receive(channel) else { return }
      guard let request = verified(frames, from: channel) else { continue }
      if channel == .shell { obeySignals() }
      memory.worked(at: .now)
      dispatch(request)
    }
  }

  /// A message whose signature is ours and new. Anything else is dropped with a word in the log and no answer: who does
  /// not have the key gets nothing from us, not even an error.
  private func verified(_ frames: [WireMessage.Frame], from channel: Channel) -> Request? {
    guard let message = WireMessage(frames: frames) else { return reject("without its frames", channel) }
    guard authenticator.accepts(message) else { return reject("with a wrong signature", channel) }
    guard replays.admit(message.signature) else { return reject("seen before", channel) }
    guard let request = Request(message, from: channel) else { return reject("without a usable header", channel) }
    return request
  }

  private func reject(_ reason: String, _ channel: Channel) -> Request? {
    complaints.note("message \(reason) on \(channel.rawValue) dropped", to: logger)
    return nil
  }

  /// The next message of a channel, or nil if there is none.
  func receive(_ channel: Channel) -> [WireMessage.Frame]? {
    do { return try channels.receive(channel) } catch {
      complaints.note("\(channel.rawValue): \(error)", to: logger)
      return nil
    }
  }
}
