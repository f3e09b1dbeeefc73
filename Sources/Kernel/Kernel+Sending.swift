import Jupyter
import ZeroMQ

extension Kernel {
  /// Sends a message to every subscriber.
  func publish(_ message: Message, answering parent: RequestHeader?) {
    deliver(composer.publication(message, answering: parent), on: .iopub)
  }

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
    do { try channels.send(frames, on: channel) } catch { complaints.note("\(channel.rawValue): \(error)", to: logger) }
  }

  /// Welcomes each new subscription. Subscribers may write whatever they like upstream; what is not a subscription to
  /// a text is ignored.
  func greetSubscribers() {
    while let frames = receive(.iopub) {
      guard frames.count == 1, frames[0].first == 1,
        let topic = String(validating: frames[0].dropFirst(), as: UTF8.self)
      else { continue }
      hasListener = true
      let welcome = Message.iopubWelcome(subscription: topic)
      send(composer.frames(welcome, answering: nil, to: [Array(topic.utf8)]), on: .iopub)
    }
  }
}
