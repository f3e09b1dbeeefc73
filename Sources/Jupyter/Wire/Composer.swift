import CSodium
import Synchronization

/// Turns messages into signed frames. One composer serves a process: its session id is the kernel's, new at each start.
/// Safe from any thread.
package final class Composer: Sendable {
  package let session: String
  private let authenticator: Authenticator
  private let username: String
  private let serial = Atomic<UInt64>(0)

  package init(authenticator: Authenticator, username: String = "attune") {
    self.authenticator = authenticator
    self.username = username
    session = randomIdentifier()
  }

  /// The frames of a message that answers `parent`, behind the given identities (on iopub: the topic).
  package func frames(
    _ message: Message, answering parent: RequestHeader?, to identities: [WireMessage.Frame] = []
  ) -> [WireMessage.Frame] {
    let number = serial.add(1, ordering: .relaxed).newValue
    let header: JSON = [
      "msg_id": .string("\(session)_\(number)"), "msg_type": .string(message.type), "session": .string(session),
      "username": .string(username), "date": .string(Timestamp.now), "version": .string(protocolVersion),
    ]
    return WireMessage(
      identities: identities, header: header.bytes, parentHeader: parent?.bytes ?? Array("{}".utf8),
      metadata: message.metadata.bytes, content: message.content.bytes, signedBy: authenticator
    ).frames
  }

  /// The frames of a message to every subscriber, under a topic that tells who speaks and what.
  package func publication(_ message: Message, answering parent: RequestHeader?) -> [WireMessage.Frame] {
    let topic =
      if message.type == "stream", let name = message.content["name"]?.string { "stream.\(name)" } else { message.type }
    return frames(message, answering: parent, to: [Array("kernel.\(session).\(topic)".utf8)])
  }
}

/// The version of the messaging specification that is spoken.
package let protocolVersion = "5.5"

/// 128 random bits in hex.
package func randomIdentifier() -> String {
  var bytes = [UInt8](repeating: 0, count: 16)
  randombytes_buf(&bytes, bytes.count)
  return String(
    decoding: bytes.flatMap { byte in [byte >> 4, byte & 15].map { Array("0123456789abcdef".utf8)[Int($0)] } },
    as: UTF8.self)
}
